package io.otfd.notification;

import io.otfd.Ids.Id;
import io.otfd.Ids.TeamId;
import java.util.List;

/** What can be heard of (cloud-docs/api-docs/notification-configurations, Notification Triggers). Only {@code run:…} happens here. */
public final class Triggers {

    public static final String CREATED = "run:created";
    public static final String PLANNING = "run:planning";
    public static final String NEEDS_ATTENTION = "run:needs_attention";
    public static final String APPLYING = "run:applying";
    public static final String COMPLETED = "run:completed";
    public static final String ERRORED = "run:errored";

    /** Of a message that somebody asked for, to see whether it arrives. */
    public static final String VERIFICATION = "verification";

    public static final List<String> OF_RUNS =
            List.of(CREATED, PLANNING, NEEDS_ATTENTION, APPLYING, COMPLETED, ERRORED);

    private static final List<String> OF_WORKSPACES = List.of(
            CREATED,
            PLANNING,
            NEEDS_ATTENTION,
            APPLYING,
            COMPLETED,
            ERRORED,
            "assessment:check_failure",
            "assessment:drifted",
            "assessment:failed",
            "workspace:auto_destroy_reminder",
            "workspace:auto_destroy_run_results");
    private static final List<String> OF_TEAMS = List.of("change_request:created");

    private Triggers() {}

    /** Those that a configuration of this workspace, project or team may name. */
    public static List<String> of(Id subscribable) {
        return subscribable instanceof TeamId ? OF_TEAMS : OF_WORKSPACES;
    }
}
