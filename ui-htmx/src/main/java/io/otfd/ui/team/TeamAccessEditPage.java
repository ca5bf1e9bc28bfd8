package io.otfd.ui.team;

import io.otfd.ui.Choice;
import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import java.util.List;

/** @param edition what the form was filled from */
public record TeamAccessEditPage(
        Frame frame, String url, String back, String team, Filled form, String edition, List<Choice> levels) {

    public TeamAccessEditPage {
        levels = List.copyOf(levels);
    }

    /** One scale of a custom level. */
    public static List<Choice> scale(String... values) {
        return java.util.Arrays.stream(values)
                .map(value -> new Choice(value, value.replace('-', ' ')))
                .toList();
    }
}
