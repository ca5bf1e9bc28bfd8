package io.otfd.ui;

import io.otfd.organization.OrganizationView;
import io.otfd.organization.Organizations;
import io.otfd.workspace.Workspace;
import io.otfd.workspace.WorkspaceView;
import java.util.List;
import java.util.Optional;

/** Frames of pages inside an organization: with its menu, and with the tabs of a workspace. */
public final class Frames {

    private final Organizations organizations;

    public Frames(Organizations organizations) {
        this.organizations = organizations;
    }

    /** A page of the organization that is not in its menu. */
    public Frame of(Visit visit, String title, OrganizationView view) {
        return of(visit, title, view, Optional.empty());
    }

    /** A page of the menu, or below it when {@code crumbs} lead there. */
    public Frame of(Visit visit, String title, OrganizationView view, MenuItem item, Crumb... crumbs) {
        return of(visit, title, view, Optional.of(item), crumbs);
    }

    private static Frame of(
            Visit visit, String title, OrganizationView view, Optional<MenuItem> item, Crumb... crumbs) {
        String organization = view.organization().name();
        return visit.frame(title, Crumb.path(organization, crumbs))
                .within(organization, MenuItem.menu(organization, view.grants(), item), List.of());
    }

    /** The same, of an organization that has not been read. */
    public Frame of(Visit visit, String title, String organization, MenuItem item, Crumb... crumbs) {
        return of(visit, title, organizations.read(visit.caller(), organization), item, crumbs);
    }

    /** A tab of a workspace, or below it when {@code crumbs} lead there. */
    public Frame of(Visit visit, String title, WorkspaceView view, WorkspaceTab tab, Crumb... crumbs) {
        Workspace workspace = view.workspace();
        String organization = workspace.organizationName();
        OrganizationView owner = organizations.read(visit.caller(), organization);
        return visit.frame(title, Crumb.path(organization, workspace.name(), crumbs))
                .within(
                        organization,
                        MenuItem.menu(organization, owner.grants(), Optional.of(MenuItem.WORKSPACES)),
                        WorkspaceTab.tabs(organization, workspace.name(), view.grants(), tab));
    }
}
