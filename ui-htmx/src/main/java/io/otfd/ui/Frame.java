package io.otfd.ui;

import java.util.List;
import java.util.Optional;

/**
 * What is around every page.
 *
 * @param crumbs the way here, this page left out
 * @param changing the page is not final: browsers without JavaScript load it again by and by
 * @param flash what was done just before
 * @param organization that the page is in; empty outside of one
 * @param menu of the organization; empty outside of one
 * @param tabs of the workspace; empty outside of one
 */
public record Frame(
        String title,
        List<Crumb> crumbs,
        Optional<Visitor> visitor,
        Preferences preferences,
        boolean changing,
        Optional<String> flash,
        Optional<String> organization,
        List<Item> menu,
        List<Item> tabs) {

    public Frame {
        crumbs = List.copyOf(crumbs);
        menu = List.copyOf(menu);
        tabs = List.copyOf(tabs);
    }

    /** Outside of organizations. */
    public Frame(
            String title,
            List<Crumb> crumbs,
            Optional<Visitor> visitor,
            Preferences preferences,
            Optional<String> flash) {
        this(title, crumbs, visitor, preferences, false, flash, Optional.empty(), List.of(), List.of());
    }

    /** Who is logged in. */
    public record Visitor(String username, boolean siteAdmin, String csrf) {}

    /**
     * A page to go to.
     *
     * @param key the second one of its shortcut, after g; empty when it has none
     */
    public record Item(String label, String url, boolean current, String key) {}

    public Frame changing(boolean whether) {
        return new Frame(title, crumbs, visitor, preferences, whether, flash, organization, menu, tabs);
    }

    Frame within(String name, List<Item> ofOrganization, List<Item> ofWorkspace) {
        return new Frame(
                title, crumbs, visitor, preferences, changing, flash, Optional.of(name), ofOrganization, ofWorkspace);
    }

    /** For the window: with where the page belongs, since many pages are called alike. */
    public String windowTitle() {
        return crumbs.size() < 2 ? title : title + " · " + crumbs.getLast().label();
    }

    /** For forms; empty where nobody is logged in. */
    public String csrf() {
        return visitor.map(Visitor::csrf).orElse("");
    }
}
