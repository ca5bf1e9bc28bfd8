package io.otfd.ui.task;

import io.otfd.ui.Choice;
import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import java.util.List;

/**
 * @param signed it has a key
 * @param global the organization may have tasks in all workspaces
 * @param edition what the form was filled from
 */
public record TaskPage(
        Frame frame,
        String url,
        String id,
        boolean signed,
        boolean global,
        Filled form,
        List<Choice> stages,
        String edition) {

    public TaskPage {
        stages = List.copyOf(stages);
    }
}
