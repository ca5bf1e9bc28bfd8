package io.otfd.ui.policy;

import io.otfd.Ids.PolicyId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.OrganizationPermission;
import io.otfd.organization.OrganizationView;
import io.otfd.organization.Organizations;
import io.otfd.policy.Enforcement;
import io.otfd.policy.Policies;
import io.otfd.policy.Policy;
import io.otfd.ui.Badge;
import io.otfd.ui.Badge.Tone;
import io.otfd.ui.ConfirmPage;
import io.otfd.ui.Crumb;
import io.otfd.ui.Edition;
import io.otfd.ui.Fact;
import io.otfd.ui.Filled;
import io.otfd.ui.Form;
import io.otfd.ui.Frames;
import io.otfd.ui.Links;
import io.otfd.ui.MenuItem;
import io.otfd.ui.Moment;
import io.otfd.ui.Paging;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.Services;
import io.otfd.ui.Visit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Policies of an organization: written, changed and deleted in the browser. */
public final class PolicyPages {

    private static final String POLICIES = "/app/{organization}/policies";
    private static final String POLICY = POLICIES + "/{policy}";
    private static final String LEVEL = "enforcement-level";
    private static final Filled FRESH =
            Filled.of(Map.of(LEVEL, Enforcement.ADVISORY.toString(), "query", "data.terraform.deny", "source", """
            package terraform

            import rego.v1

            deny contains message if {
                some change in input.plan.resource_changes
                "delete" in change.change.actions
                message := sprintf("%s would be deleted", [change.address])
            }
            """));

    private final Frames frames;
    private final Organizations organizations;
    private final Policies policies;

    public PolicyPages(Frames frames, Services services) {
        this.frames = frames;
        this.organizations = services.organizations();
        this.policies = services.policies();
    }

    public void register(Routes routes) {
        routes.get(POLICIES, visit -> list(visit, 200, FRESH));
        routes.post(POLICIES, this::create);
        routes.get(POLICY, visit -> page(visit, read(visit), 200));
        routes.post(POLICY, this::update);
        routes.get(POLICY + "/delete", this::askToDelete);
        routes.post(POLICY + "/delete", this::delete);
    }

    private OrganizationView owner(Visit visit) {
        return organizations.read(visit.caller(), visit.path("organization"));
    }

    private Policy read(Visit visit) {
        Policy policy = policies.read(visit.caller(), new PolicyId(visit.path("policy")));
        if (!policy.organizationName().equals(visit.path("organization"))) {
            throw new Refusal.NotFound();
        }
        return policy;
    }

    private static String url(Policy policy) {
        return Links.policy(policy.organizationName(), policy.id().value());
    }

    private Reply list(Visit visit, int status, Filled form) {
        OrganizationView owner = owner(visit);
        String organization = owner.organization().name();
        Optional<String> search = visit.query().first("search");
        Page<Policy> page = policies.list(visit.caller(), organization, search, Paging.request(visit.query()));
        String url = Links.policies(organization);
        return new Reply.Html(
                status,
                "policy/list",
                new PolicyListPage(
                        frames.of(visit, "Policies", owner, MenuItem.POLICIES),
                        url,
                        Links.policySets(organization),
                        search.orElse(""),
                        page.map(PolicyPages::row).items(),
                        Paging.of(
                                page,
                                url,
                                search.map(text -> Map.of("search", text)).orElse(Map.of())),
                        owner.grants().has(OrganizationPermission.CAN_UPDATE_SENTINEL)
                                ? Optional.of(form)
                                : Optional.empty()));
    }

    private static PolicyListPage.Row row(Policy policy) {
        return new PolicyListPage.Row(
                policy.name(),
                url(policy),
                policy.description().orElse(""),
                badge(policy.enforcement()),
                policy.query(),
                policy.sets().size());
    }

    private static Badge badge(Enforcement enforcement) {
        return switch (enforcement) {
            case ADVISORY -> new Badge("Advisory", Tone.QUIET);
            case MANDATORY -> new Badge("Mandatory", Tone.ATTENTION);
        };
    }

    private Reply create(Visit visit) {
        Form form = visit.form();
        try {
            Policy made = policies.create(
                    visit.caller(),
                    visit.path("organization"),
                    new Policies.Request(
                            form.first("name").orElse(""),
                            form.first("description"),
                            Enforcement.of(form.exact(LEVEL)),
                            form.first("query").orElse(""),
                            Optional.of(form.exact("source")),
                            List.of()));
            return Reply.Redirect.to(url(made))
                    .saying("Policy " + made.name() + " was created. Put it into a policy set to hold runs to it.");
        } catch (Refusal.Invalid e) {
            return list(visit, 422, Filled.refused(form, e));
        }
    }

    private Reply page(Visit visit, Policy policy, int status) {
        return page(visit, policy, status, Filled.of(stored(policy, source(visit, policy))));
    }

    private String source(Visit visit, Policy policy) {
        return policies.source(visit.caller(), policy.id()).orElse("");
    }

    private static Map<String, String> stored(Policy policy, String source) {
        return Map.of(
                "description",
                policy.description().orElse(""),
                LEVEL,
                policy.enforcement().toString(),
                "query",
                policy.query(),
                "source",
                source);
    }

    /** Its source counts by the time at which it was uploaded. */
    private static Edition edition(Policy policy) {
        return Edition.of(policy.description(), policy.enforcement(), policy.query(), policy.updatedAt());
    }

    private Reply page(Visit visit, Policy policy, int status, Filled form) {
        OrganizationView owner = owner(visit);
        return new Reply.Html(
                status,
                "policy/show",
                new PolicyPage(
                        frames.of(visit, policy.name(), owner, MenuItem.POLICIES, crumb(policy)),
                        url(policy),
                        policy.name(),
                        policy.id().value(),
                        policy.description(),
                        owner.grants().has(OrganizationPermission.CAN_UPDATE_SENTINEL),
                        form,
                        Edition.carried(form, edition(policy)),
                        source(visit, policy),
                        List.of(
                                new Fact(
                                        "Enforcement",
                                        badge(policy.enforcement()).label()),
                                new Fact("Query", policy.query()),
                                new Fact(
                                        "Policy sets",
                                        Integer.toString(policy.sets().size())),
                                new Fact(
                                        "Last change",
                                        Moment.of(policy.updatedAt()).text()))));
    }

    private static Crumb crumb(Policy policy) {
        return new Crumb("Policies", Links.policies(policy.organizationName()));
    }

    private Reply update(Visit visit) {
        Policy before = read(visit);
        Form form = visit.form();
        try {
            policies.update(
                    visit.caller(),
                    before.id(),
                    now -> {
                        edition(now).require(form);
                        return now.with(
                                form.first("description"),
                                form.first("query").orElse(""),
                                Enforcement.of(form.exact(LEVEL)));
                    },
                    Optional.of(form.exact("source")));
            return Reply.Redirect.to(url(before)).saying("Changes were saved.");
        } catch (Refusal.Invalid e) {
            return page(visit, before, 422, Filled.refused(form, e));
        } catch (Refusal.Conflict e) {
            return page(visit, read(visit), 409, Filled.refused(form, e));
        }
    }

    private Reply askToDelete(Visit visit) {
        Policy policy = read(visit);
        OrganizationView owner = owner(visit);
        owner.grants().require(OrganizationPermission.CAN_UPDATE_SENTINEL);
        return Reply.Html.of(
                "confirm",
                ConfirmPage.of(
                        frames.of(
                                visit,
                                "Delete policy " + policy.name(),
                                owner,
                                MenuItem.POLICIES,
                                crumb(policy),
                                new Crumb(policy.name(), url(policy))),
                        url(policy) + "/delete",
                        "Delete policy",
                        url(policy),
                        "No run is held to it any more, and the policy sets that it is in go on without it.",
                        "This cannot be undone."));
    }

    private Reply delete(Visit visit) {
        Policy policy = read(visit);
        policies.delete(visit.caller(), policy.id());
        return Reply.Redirect.to(Links.policies(policy.organizationName()))
                .saying("Policy " + policy.name() + " was deleted.");
    }
}
