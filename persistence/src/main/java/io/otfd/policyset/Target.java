package io.otfd.policyset;

import java.util.Locale;

/** What is in a set of policies, and what it applies to or does not. */
public enum Target {
    POLICIES("policies"),
    WORKSPACES("workspaces"),
    WORKSPACE_EXCLUSIONS("workspaces"),
    PROJECTS("projects"),
    PROJECT_EXCLUSIONS("projects");

    private final String noun;

    Target(String noun) {
        this.noun = noun;
    }

    /** Statements, and types of identifiers, are named after it. */
    public String noun() {
        return noun;
    }

    boolean excludes() {
        return this == WORKSPACE_EXCLUSIONS || this == PROJECT_EXCLUSIONS;
    }

    /** It says where the set applies, which a global set needs nobody to say. */
    boolean attaches() {
        return this == WORKSPACES || this == PROJECTS;
    }

    /** Wire name of the relationship. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
