package io.otfd.ui;

/** A step on the way to a page. */
public record Crumb(String label, String url) {

    public static Crumb organization(String name) {
        return new Crumb(name, Links.workspaces(name));
    }

    public static Crumb workspace(String organization, String name) {
        return new Crumb(name, Links.workspace(organization, name));
    }

    public static Crumb organizations() {
        return new Crumb("Organizations", Links.organizations());
    }
}
