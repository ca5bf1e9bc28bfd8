package io.otfd.ui;

import java.util.Arrays;
import java.util.List;

/** Pages of a workspace's settings. */
public enum SettingsTab {
    GENERAL("General", ""),
    TAGS("Tags", "/tags"),
    STATE_SHARING("State sharing", "/state-sharing"),
    RUN_TRIGGERS("Run triggers", "/run-triggers"),
    RUN_TASKS("Run tasks", "/run-tasks"),
    SSH_KEY("SSH key", "/ssh-key"),
    TEAM_ACCESS("Team access", "/teams");

    private final String label;
    private final String path;

    SettingsTab(String label, String path) {
        this.label = label;
        this.path = path;
    }

    /** @param settings url of the general ones */
    public String url(String settings) {
        return settings + path;
    }

    public static List<Frame.Item> tabs(String settings, SettingsTab current) {
        return Arrays.stream(values())
                .map(tab -> new Frame.Item(tab.label, tab.url(settings), tab == current, ""))
                .toList();
    }
}
