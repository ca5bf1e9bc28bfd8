package io.otfd.ui.agentpool;

import io.otfd.ui.Badge;
import io.otfd.ui.Moment;
import java.util.List;
import java.util.Optional;

/**
 * Agents now: the part of a page that is kept up to date.
 *
 * @param pools whether they are of several pools
 * @param total how many there are, those on other pages included
 */
public record AgentTable(List<Row> rows, boolean pools, long total) {

    public AgentTable {
        rows = List.copyOf(rows);
    }

    /**
     * @param draining what is said of it while it is given nothing more
     * @param isolation whether runs are confined, in words
     * @param actions what may be done with it now
     */
    public record Row(
            String name,
            String id,
            String pool,
            String poolUrl,
            Badge status,
            Optional<String> draining,
            String version,
            String isolation,
            List<String> labels,
            String address,
            Moment lastPing,
            List<Work> work,
            List<Action> actions) {

        public Row {
            work = List.copyOf(work);
            labels = List.copyOf(labels);
            actions = List.copyOf(actions);
        }
    }

    /** @param url of the page that asks first */
    public record Action(String label, String url) {}

    /** @param url empty when the visitor may not see the run */
    public record Work(String label, Optional<String> url) {}
}
