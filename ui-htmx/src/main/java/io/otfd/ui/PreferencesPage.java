package io.otfd.ui;

import java.util.List;

public record PreferencesPage(Frame frame, Filled form, List<Shortcut> shortcuts) {

    public PreferencesPage {
        shortcuts = List.copyOf(shortcuts);
    }

    /** @param keys pressed one after the other */
    public record Shortcut(String keys, String effect) {}
}
