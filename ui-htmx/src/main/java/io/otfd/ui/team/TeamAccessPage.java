package io.otfd.ui.team;

import io.otfd.ui.Choice;
import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import java.util.List;
import java.util.Optional;

/**
 * Teams that were let into a workspace.
 *
 * @param form of another one; empty for those who may not say so
 * @param offered names of teams
 */
public record TeamAccessPage(
        Frame frame,
        String url,
        List<Frame.Item> tabs,
        List<Row> rows,
        Optional<Filled> form,
        List<String> offered,
        List<Choice> levels) {

    public TeamAccessPage {
        tabs = List.copyOf(tabs);
        rows = List.copyOf(rows);
        offered = List.copyOf(offered);
        levels = List.copyOf(levels);
    }

    /** @param detail what a level of the visitor's own making is made of */
    public record Row(String team, String level, String detail, String url) {}
}
