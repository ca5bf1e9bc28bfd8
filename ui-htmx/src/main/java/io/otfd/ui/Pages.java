package io.otfd.ui;

import io.helidon.webserver.http.HttpRouting;
import io.otfd.event.Events;
import io.otfd.log.Logs;
import io.otfd.organization.Organizations;
import io.otfd.run.Runs;
import io.otfd.token.Tokens;
import io.otfd.ui.login.LoginPages;
import io.otfd.ui.organization.OrganizationPages;
import io.otfd.ui.run.RunPages;
import io.otfd.ui.workspace.WorkspacePages;
import io.otfd.user.Users;
import io.otfd.workspace.Workspaces;
import java.time.Clock;

/** All pages. Routes: {@code /}, {@code /app/…}, {@code /login}, {@code /logout} and {@code /assets/…}. */
public final class Pages {

    private final Sessions sessions;
    private final Templates templates;
    private final LoginPages login;
    private final OrganizationPages organizations;
    private final WorkspacePages workspaces;
    private final RunPages runs;

    public Pages(
            Tokens tokens,
            Users users,
            Organizations organizations,
            Workspaces workspaces,
            Runs runs,
            Logs logs,
            Events events) {
        this.sessions = new Sessions(tokens);
        this.templates = new Templates();
        this.login = new LoginPages(tokens);
        this.organizations = new OrganizationPages(organizations);
        this.workspaces = new WorkspacePages(organizations, workspaces, runs, users);
        this.runs = new RunPages(workspaces, runs, users, logs, events, templates, Clock.systemUTC());
    }

    public void register(HttpRouting.Builder routing) {
        Assets.register(routing);
        Routes routes = new Routes(routing, sessions, templates);
        routes.getOpen("/", visit -> Reply.Redirect.to(Links.organizations()));
        routes.getOpen("/app", visit -> Reply.Redirect.to(Links.organizations()));
        login.register(routes);
        organizations.register(routes);
        // Runs before workspaces: the longer paths would do as names of the shorter ones.
        runs.register(routes);
        workspaces.register(routes);
        routes.notFound("/app/*");
    }
}
