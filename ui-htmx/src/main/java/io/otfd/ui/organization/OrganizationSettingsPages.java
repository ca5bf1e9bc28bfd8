package io.otfd.ui.organization;

import io.otfd.Ids.AgentPoolId;
import io.otfd.Refusal;
import io.otfd.access.OrganizationPermission;
import io.otfd.agentpool.AgentPools;
import io.otfd.organization.ExecutionMode;
import io.otfd.organization.ExecutionNames;
import io.otfd.organization.Organization;
import io.otfd.organization.OrganizationView;
import io.otfd.organization.Organizations;
import io.otfd.ui.ConfirmPage;
import io.otfd.ui.Edition;
import io.otfd.ui.Filled;
import io.otfd.ui.Form;
import io.otfd.ui.Frames;
import io.otfd.ui.Links;
import io.otfd.ui.MenuItem;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.Visit;
import io.otfd.ui.agentpool.PoolChoices;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What an organization is called, what its workspaces inherit, and its end. */
public final class OrganizationSettingsPages {

    private static final String SETTINGS = "/app/{organization}/settings";
    private static final String MODE = "default-execution-mode";
    private static final String POOL = "default-agent-pool-id";

    private final Frames frames;
    private final Organizations organizations;
    private final PoolChoices pools;

    public OrganizationSettingsPages(Frames frames, Organizations organizations, AgentPools pools) {
        this.frames = frames;
        this.organizations = organizations;
        this.pools = new PoolChoices(pools);
    }

    public void register(Routes routes) {
        routes.get(SETTINGS, this::show);
        routes.post(SETTINGS, this::save);
        // Finds pools; nothing is saved.
        routes.post(
                SETTINGS + "/draft",
                visit -> page(visit, read(visit, OrganizationPermission.CAN_UPDATE), 200, Filled.of(visit.form())));
        routes.get(SETTINGS + "/delete", visit -> askToDelete(visit, 200, Filled.EMPTY));
        routes.post(SETTINGS + "/delete", this::delete);
    }

    private OrganizationView read(Visit visit, OrganizationPermission permission) {
        OrganizationView view = organizations.read(visit.caller(), visit.path("organization"));
        view.grants().require(permission);
        return view;
    }

    private Reply show(Visit visit) {
        OrganizationView view = read(visit, OrganizationPermission.CAN_UPDATE);
        return page(visit, view, 200, filled(view.organization()));
    }

    private Reply page(Visit visit, OrganizationView view, int status, Filled form) {
        String url = Links.organizationSettings(view.organization().name());
        return new Reply.Html(
                status,
                "organization/settings",
                new OrganizationSettingsPage(
                        frames.of(visit, "Settings", view, MenuItem.SETTINGS),
                        url,
                        form,
                        Edition.carried(form, edition(view.organization())),
                        pools.of(
                                visit.caller(),
                                view.organization().name(),
                                // Only a pool that is open to all can be everybody's default.
                                PoolChoices.Usable.EVERYWHERE,
                                form.values(),
                                view.organization().defaultExecution().agentPool()),
                        view.grants().has(OrganizationPermission.CAN_DESTROY)
                                ? Optional.of(url + "/delete")
                                : Optional.empty()));
    }

    private static Edition edition(Organization organization) {
        return Edition.of(
                organization.name(),
                organization.email(),
                organization.defaultExecution(),
                organization.userTokensEnabled(),
                organization.allowForceDeleteWorkspaces());
    }

    private static Filled filled(Organization organization) {
        Map<String, String> fields = new HashMap<>();
        fields.put("name", organization.name());
        fields.put("email", organization.email());
        fields.put(MODE, organization.defaultExecution().wireName());
        organization.defaultExecution().agentPool().ifPresent(pool -> fields.put(POOL, pool.value()));
        fields.put("user-tokens-enabled", Boolean.toString(organization.userTokensEnabled()));
        fields.put("allow-force-delete-workspaces", Boolean.toString(organization.allowForceDeleteWorkspaces()));
        return Filled.of(fields);
    }

    private static Organization applied(Organization before, Form form) {
        edition(before).require(form);
        String mode = form.exact(MODE);
        return new Organization(
                before.id(),
                form.first("name").orElse(""),
                form.first("email").orElse(""),
                before.createdAt(),
                before.sessionTimeout(),
                before.sessionRemember(),
                before.collaboratorAuthPolicy(),
                before.costEstimationEnabled(),
                before.assessmentsEnforced(),
                before.sendPassingStatuses(),
                before.aggregatedCommitStatusEnabled(),
                before.speculativePlanManagement(),
                form.has("allow-force-delete-workspaces"),
                ExecutionMode.of(
                        ExecutionNames.DEFAULT,
                        mode,
                        form.first(POOL).filter(id -> mode.equals("agent")).map(AgentPoolId::new)),
                before.ownersTeamSamlRoleId(),
                form.has("user-tokens-enabled"),
                before.maxTtlEnabled(),
                before.enforceHyok(),
                before.stacksEnabled(),
                before.defaultProject(),
                before.plan(),
                before.retention());
    }

    private Reply save(Visit visit) {
        OrganizationView view = read(visit, OrganizationPermission.CAN_UPDATE);
        try {
            String name = organizations
                    .update(visit.caller(), view.organization().name(), before -> applied(before, visit.form()))
                    .organization()
                    .name();
            return Reply.Redirect.to(Links.organizationSettings(name)).saying("Changes were saved.");
        } catch (Refusal.Invalid e) {
            return page(visit, view, 422, Filled.refused(visit.form(), e));
        } catch (Refusal.Conflict e) {
            return page(visit, read(visit, OrganizationPermission.CAN_UPDATE), 409, Filled.refused(visit.form(), e));
        }
    }

    private Reply askToDelete(Visit visit, int status, Filled typed) {
        OrganizationView view = read(visit, OrganizationPermission.CAN_DESTROY);
        String name = view.organization().name();
        String url = Links.organizationSettings(name);
        return new Reply.Html(
                status,
                "confirm",
                ConfirmPage.of(
                                frames.of(visit, "Delete organization " + name, view, MenuItem.SETTINGS),
                                url + "/delete",
                                "Delete organization",
                                url,
                                "All of its workspaces with their states, its agent pools and its teams are deleted with it.",
                                "This cannot be undone.")
                        .afterTyping(name, typed));
    }

    private Reply delete(Visit visit) {
        String name =
                read(visit, OrganizationPermission.CAN_DESTROY).organization().name();
        try {
            ConfirmPage.requireTyped(visit.form(), name);
            organizations.delete(visit.caller(), name);
        } catch (Refusal.Invalid e) {
            return askToDelete(visit, 422, Filled.refused(visit.form(), e));
        }
        return Reply.Redirect.to(Links.organizations()).saying("Organization " + name + " was deleted.");
    }
}
