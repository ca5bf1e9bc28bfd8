package io.otfd.ui.task;

import io.otfd.ui.Choice;
import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import java.util.List;

/** @param edition what the form was filled from */
public record WorkspaceTaskPage(
        Frame frame, String url, List<Frame.Item> tabs, Filled form, List<Choice> stages, String edition) {

    public WorkspaceTaskPage {
        tabs = List.copyOf(tabs);
        stages = List.copyOf(stages);
    }
}
