package io.otfd.ui;

import java.util.List;
import java.util.Optional;

/**
 * What is around every page.
 *
 * @param crumbs the way here, this page left out
 * @param changing the page is not final: browsers without JavaScript load it again by and by
 * @param flash what was done just before
 * @param menu of the organization; empty outside of one
 * @param tabs of the workspace; empty outside of one
 */
public record Frame(
        String title,
        List<Crumb> crumbs,
        Optional<Visitor> visitor,
        boolean changing,
        Optional<String> flash,
        List<Item> menu,
        List<Item> tabs) {

    public Frame {
        crumbs = List.copyOf(crumbs);
        menu = List.copyOf(menu);
        tabs = List.copyOf(tabs);
    }

    /** Outside of organizations. */
    public Frame(String title, List<Crumb> crumbs, Optional<Visitor> visitor, Optional<String> flash) {
        this(title, crumbs, visitor, false, flash, List.of(), List.of());
    }

    /** Who is logged in. */
    public record Visitor(String username, boolean siteAdmin, String csrf) {}

    /** A page to go to. */
    public record Item(String label, String url, boolean current) {}

    public Frame changing(boolean whether) {
        return new Frame(title, crumbs, visitor, whether, flash, menu, tabs);
    }

    Frame within(List<Item> organization, List<Item> workspace) {
        return new Frame(title, crumbs, visitor, changing, flash, organization, workspace);
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
