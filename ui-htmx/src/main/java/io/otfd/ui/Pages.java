package io.otfd.ui;

import io.helidon.webserver.http.HttpRouting;
import io.otfd.ui.agentpool.AgentPoolSite;
import io.otfd.ui.login.AuthorizePages;
import io.otfd.ui.login.LoginPages;
import io.otfd.ui.organization.OrganizationPages;
import io.otfd.ui.run.RunPages;
import io.otfd.ui.workspace.WorkspacePages;
import io.otfd.ui.workspace.WorkspaceSettingsPages;
import java.time.Clock;

/** All pages. Routes: {@code /}, {@code /app/…}, {@code /login}, {@code /logout}, {@code /oauth/authorize} and {@code /assets/…}. */
public final class Pages {

    private final Sessions sessions;
    private final Templates templates;
    private final LoginPages login;
    private final AuthorizePages authorize;
    private final OrganizationPages organizations;
    private final AgentPoolSite agentPools;
    private final WorkspacePages workspaces;
    private final WorkspaceSettingsPages settings;
    private final RunPages runs;

    public Pages(Services services) {
        this.sessions = new Sessions(services.tokens());
        this.templates = new Templates();
        Frames frames = new Frames(services.organizations());
        this.login = new LoginPages(services.tokens());
        this.authorize = new AuthorizePages(services.authorizationCodes());
        this.organizations = new OrganizationPages(services.organizations());
        this.agentPools = new AgentPoolSite(services, frames, templates);
        this.workspaces = new WorkspacePages(
                frames, services.organizations(), services.workspaces(), services.runs(), services.users());
        this.settings = new WorkspaceSettingsPages(frames, services.workspaces(), services.agentPools());
        this.runs = new RunPages(
                frames,
                services.workspaces(),
                services.runs(),
                services.users(),
                services.logs(),
                services.events(),
                templates,
                Clock.systemUTC());
    }

    public void register(HttpRouting.Builder routing) {
        Assets.register(routing);
        Routes routes = new Routes(routing, sessions, templates);
        routes.getOpen("/", visit -> Reply.Redirect.to(Links.organizations()));
        routes.getOpen("/app", visit -> Reply.Redirect.to(Links.organizations()));
        login.register(routes);
        authorize.register(routes);
        organizations.register(routes);
        agentPools.register(routes);
        settings.register(routes);
        // Runs before workspaces: the longer paths would do as names of the shorter ones.
        runs.register(routes);
        workspaces.register(routes);
        routes.notFound("/app/*");
    }
}
