package io.otfd.ui.policyset;

import io.otfd.Ids.PolicySetId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.OrganizationPermission;
import io.otfd.organization.OrganizationView;
import io.otfd.organization.Organizations;
import io.otfd.policy.Policies;
import io.otfd.policyset.PolicySet;
import io.otfd.policyset.PolicySetSettings;
import io.otfd.policyset.PolicySets;
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
import io.otfd.ui.Pickers;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.Services;
import io.otfd.ui.Visit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Policy sets of an organization, and one of them: what is in it, and where it applies. */
public final class PolicySetPages {

    private static final String SETS = "/app/{organization}/policy-sets";
    private static final String SET = SETS + "/{set}";

    private final Frames frames;
    private final Organizations organizations;
    private final PolicySets sets;
    private final Policies policies;
    private final Pickers pickers;

    public PolicySetPages(Frames frames, Services services, Pickers pickers) {
        this.frames = frames;
        this.organizations = services.organizations();
        this.sets = services.policySets();
        this.policies = services.policies();
        this.pickers = pickers;
    }

    public void register(Routes routes) {
        routes.get(SETS, visit -> list(visit, 200, Filled.EMPTY));
        routes.post(SETS, this::create);
        routes.get(SET, visit -> page(visit, read(visit), 200));
        routes.post(SET, this::update);
        routes.post(SET + "/draft", this::draft);
        routes.get(SET + "/delete", this::askToDelete);
        routes.post(SET + "/delete", this::delete);
    }

    private OrganizationView owner(Visit visit) {
        return organizations.read(visit.caller(), visit.path("organization"));
    }

    /** The set of the address; one of another organization is not there. */
    private PolicySet read(Visit visit) {
        PolicySet set = sets.read(visit.caller(), new PolicySetId(visit.path("set")));
        if (!set.organizationName().equals(visit.path("organization"))) {
            throw new Refusal.NotFound();
        }
        return set;
    }

    private static String url(PolicySet set) {
        return Links.policySet(set.organizationName(), set.id().value());
    }

    private Reply list(Visit visit, int status, Filled form) {
        OrganizationView owner = owner(visit);
        String organization = owner.organization().name();
        Optional<String> search = visit.query().first("search");
        Page<PolicySet> page = sets.list(visit.caller(), organization, search, Paging.request(visit.query()));
        String url = Links.policySets(organization);
        return new Reply.Html(
                status,
                "policyset/list",
                new PolicySetListPage(
                        frames.of(visit, "Policy sets", owner, MenuItem.POLICY_SETS),
                        url,
                        Links.policies(organization),
                        search.orElse(""),
                        page.map(PolicySetPages::row).items(),
                        Paging.of(
                                page,
                                url,
                                search.map(text -> Map.of("search", text)).orElse(Map.of())),
                        writes(owner) ? Optional.of(form) : Optional.empty()));
    }

    private static boolean writes(OrganizationView owner) {
        return owner.grants().has(OrganizationPermission.CAN_UPDATE_SENTINEL);
    }

    private static PolicySetListPage.Row row(PolicySet set) {
        return new PolicySetListPage.Row(
                set.settings().name(),
                url(set),
                set.settings().description().orElse(""),
                set.settings().overridable() ? List.of(new Badge("Overridable", Tone.QUIET)) : List.of(),
                scope(set),
                set.policies().size());
    }

    private static String scope(PolicySet set) {
        List<String> parts = new ArrayList<>();
        if (set.settings().global()) {
            parts.add("All workspaces");
        }
        count(parts, set.projects().size(), "project");
        count(parts, set.workspaces().size(), "workspace");
        if (parts.isEmpty()) {
            return "Nowhere yet";
        }
        List<String> without = new ArrayList<>();
        count(without, set.excludedProjects().size(), "project");
        count(without, set.excludedWorkspaces().size(), "workspace");
        return String.join(", ", parts) + (without.isEmpty() ? "" : ", without " + String.join(", ", without));
    }

    private static void count(List<String> parts, int number, String noun) {
        if (number > 0) {
            parts.add(number + " " + noun + (number == 1 ? "" : "s"));
        }
    }

    private Reply create(Visit visit) {
        Form form = visit.form();
        try {
            PolicySet made = sets.create(
                    visit.caller(),
                    visit.path("organization"),
                    PolicySetForm.settings(
                            PolicySetSettings.named(form.first("name").orElse("")), form),
                    Map.of());
            return Reply.Redirect.to(url(made))
                    .saying("Policy set " + made.settings().name() + " was created.");
        } catch (Refusal.Invalid e) {
            return list(visit, 422, Filled.refused(form, e));
        }
    }

    private Reply page(Visit visit, PolicySet set, int status) {
        return page(visit, set, status, Filled.of(PolicySetForm.of(set)));
    }

    private Reply page(Visit visit, PolicySet set, int status, Filled form) {
        OrganizationView owner = owner(visit);
        PolicySetSettings settings = set.settings();
        return new Reply.Html(
                status,
                "policyset/show",
                new PolicySetPage(
                        frames.of(visit, settings.name(), owner, MenuItem.POLICY_SETS, crumb(set)),
                        url(set),
                        settings.name(),
                        set.id().value(),
                        settings.description(),
                        writes(owner),
                        form,
                        Edition.carried(form, PolicySetForm.edition(set)),
                        writes(owner)
                                ? pickers.of(
                                        visit.caller(),
                                        set.organizationName(),
                                        form.values(),
                                        PolicySetForm.PICKERS,
                                        (field, id) -> PolicySetForm.badges(set, field, id))
                                : List.of(),
                        policies.read(visit.caller(), set.organization(), set.policies()).stream()
                                .map(policy -> new PolicySetPage.Member(
                                        policy.name(),
                                        Links.policy(
                                                set.organizationName(),
                                                policy.id().value())))
                                .toList(),
                        List.of(
                                new Fact("Applies to", scope(set)),
                                new Fact(
                                        "Failures of mandatory policies",
                                        settings.overridable() ? "Can be overridden" : "Stop the run"),
                                new Fact(
                                        "Last change",
                                        Moment.of(set.updatedAt()).text()))));
    }

    private static Crumb crumb(PolicySet set) {
        return new Crumb("Policy sets", Links.policySets(set.organizationName()));
    }

    private Form joined(Visit visit, PolicySet set) {
        return pickers.joined(visit.caller(), set.organizationName(), visit.form(), PolicySetForm.PICKERS);
    }

    private Reply update(Visit visit) {
        PolicySet before = read(visit);
        try {
            Form form = joined(visit, before);
            PolicySet after = sets.update(
                    visit.caller(),
                    before.id(),
                    now -> PolicySetForm.applied(now, form),
                    PolicySetForm.placement(form));
            return Reply.Redirect.to(url(after)).saying("Changes were saved.");
        } catch (Refusal.Invalid e) {
            return page(visit, before, 422, Filled.refused(visit.form(), e));
        } catch (Refusal.Conflict e) {
            return page(visit, read(visit), 409, Filled.refused(visit.form(), e));
        }
    }

    /** Puts what was chosen in a dropdown into its list, and finds what may be chosen. Nothing is saved. */
    private Reply draft(Visit visit) {
        PolicySet set = read(visit);
        try {
            return page(visit, set, 200, Filled.of(joined(visit, set)));
        } catch (Refusal.Invalid e) {
            return page(visit, set, visit.isPartial() ? 200 : 422, Filled.refused(visit.form(), e));
        }
    }

    private Reply askToDelete(Visit visit) {
        PolicySet set = read(visit);
        OrganizationView owner = owner(visit);
        owner.grants().require(OrganizationPermission.CAN_UPDATE_SENTINEL);
        String name = set.settings().name();
        return Reply.Html.of(
                "confirm",
                ConfirmPage.of(
                        frames.of(
                                visit,
                                "Delete policy set " + name,
                                owner,
                                MenuItem.POLICY_SETS,
                                crumb(set),
                                new Crumb(name, url(set))),
                        url(set) + "/delete",
                        "Delete policy set",
                        url(set),
                        "Runs are not held to its policies any more. The policies themselves stay.",
                        "This cannot be undone."));
    }

    private Reply delete(Visit visit) {
        PolicySet set = read(visit);
        sets.delete(visit.caller(), set.id());
        return Reply.Redirect.to(Links.policySets(set.organizationName()))
                .saying("Policy set " + set.settings().name() + " was deleted.");
    }
}
