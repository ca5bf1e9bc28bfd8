package io.otfd.ui.runtrigger;

import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import io.otfd.ui.Moment;
import java.util.List;

/**
 * @param sources whose applies start runs here
 * @param started where applies of this workspace start runs
 * @param offered names of workspaces that may become sources
 */
public record RunTriggersPage(
        Frame frame,
        String url,
        List<Frame.Item> tabs,
        List<Row> sources,
        List<Row> started,
        Filled form,
        List<String> offered) {

    public RunTriggersPage {
        tabs = List.copyOf(tabs);
        sources = List.copyOf(sources);
        started = List.copyOf(started);
        offered = List.copyOf(offered);
    }

    /** @param workspace the other one */
    public record Row(String id, String workspace, String workspaceUrl, Moment createdAt) {}
}
