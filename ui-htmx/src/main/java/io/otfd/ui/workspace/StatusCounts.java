package io.otfd.ui.workspace;

import java.util.List;

/**
 * Groups of statuses as links, with how many workspaces are in each.
 *
 * @param url of the numbers; asked for once a page is there, since they cost more than it
 */
public record StatusCounts(String url, List<Count> counts) {

    public StatusCounts {
        counts = List.copyOf(counts);
    }

    /** @param number how many, or empty before they are counted */
    public record Count(String label, String url, String number, boolean current) {}
}
