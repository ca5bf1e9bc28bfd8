package io.otfd.ui.task;

import io.otfd.ui.Badge;
import io.otfd.ui.Choice;
import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import io.otfd.ui.Paging;
import java.util.List;
import java.util.Optional;

/** @param form of a new task; empty for those who may not change tasks */
public record TaskListPage(
        Frame frame, String url, List<Row> rows, Paging paging, Optional<Filled> form, List<Choice> stages) {

    public TaskListPage {
        rows = List.copyOf(rows);
        stages = List.copyOf(stages);
    }

    /** @param where in how many workspaces */
    public record Row(String name, String url, String target, String description, Badge state, String where) {}
}
