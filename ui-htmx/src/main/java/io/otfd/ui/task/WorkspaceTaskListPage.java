package io.otfd.ui.task;

import io.otfd.ui.Choice;
import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import java.util.List;
import java.util.Optional;

/**
 * @param form of one that is attached; empty for those who may not
 * @param tasks what could be attached
 */
public record WorkspaceTaskListPage(
        Frame frame,
        String url,
        List<Frame.Item> tabs,
        List<Row> rows,
        Optional<Filled> form,
        List<Choice> tasks,
        List<Choice> stages) {

    public WorkspaceTaskListPage {
        tabs = List.copyOf(tabs);
        rows = List.copyOf(rows);
        tasks = List.copyOf(tasks);
        stages = List.copyOf(stages);
    }

    public record Row(String name, String url, String stages, String level) {}
}
