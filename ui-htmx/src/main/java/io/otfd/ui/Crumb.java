package io.otfd.ui;

import java.util.List;
import java.util.stream.Stream;

/** A step on the way to a page. */
public record Crumb(String label, String url) {

    /** To a page of the organization. */
    static List<Crumb> path(String organization, Crumb... below) {
        return Stream.concat(Stream.of(organizations(), organization(organization)), Stream.of(below))
                .toList();
    }

    /** To a page of the workspace. */
    static List<Crumb> path(String organization, String workspace, Crumb... below) {
        return Stream.concat(path(organization, workspace(organization, workspace)).stream(), Stream.of(below))
                .toList();
    }

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
