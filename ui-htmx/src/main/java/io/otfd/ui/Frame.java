package io.otfd.ui;

import java.util.List;
import java.util.Optional;

/**
 * What is around every page.
 *
 * @param crumbs the way here, this page left out
 * @param changing the page is not final: browsers without JavaScript load it again by and by
 */
public record Frame(String title, List<Crumb> crumbs, Optional<Visitor> visitor, boolean changing) {

    public Frame {
        crumbs = List.copyOf(crumbs);
    }

    /** Who is logged in. */
    public record Visitor(String username, String csrf) {}

    public Frame changing(boolean whether) {
        return new Frame(title, crumbs, visitor, whether);
    }

    /** For forms; empty where nobody is logged in. */
    public String csrf() {
        return visitor.map(Visitor::csrf).orElse("");
    }
}
