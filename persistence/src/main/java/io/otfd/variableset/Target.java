package io.otfd.variableset;

/** What a set of variables is applied to. Statements are named after it. */
public enum Target {
    WORKSPACES,
    PROJECTS;

    /** Wire name. */
    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
