package io.otfd.ui.team;

import io.otfd.access.WorkspaceAccess;
import io.otfd.ui.Choice;
import io.otfd.ui.Edition;
import io.otfd.ui.Filled;
import io.otfd.ui.Form;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a team may do with a workspace as a form. Fields are named like the attributes of the API. */
final class TeamAccessForm {

    static final List<Choice> LEVELS = List.of(
            new Choice("read", "Read: see runs, variables and states"),
            new Choice("plan", "Plan: start plans, too"),
            new Choice("write", "Write: apply, and change variables and states, too"),
            new Choice("admin", "Admin: everything"),
            new Choice("custom", "Custom"));

    private TeamAccessForm() {}

    static Edition edition(WorkspaceAccess access) {
        return Edition.of(access);
    }

    static Filled of(WorkspaceAccess access) {
        Map<String, String> fields = new HashMap<>();
        fields.put("access", access.level());
        fields.put("runs", access.runs());
        fields.put("variables", access.variables());
        fields.put("state-versions", access.stateVersions());
        fields.put("sentinel-mocks", access.sentinelMocks());
        fields.put("workspace-locking", Boolean.toString(access.workspaceLocking()));
        fields.put("run-tasks", Boolean.toString(access.runTasks()));
        return Filled.of(fields);
    }

    /** The parts count for a custom level only. */
    static WorkspaceAccess typed(Form form, WorkspaceAccess before) {
        WorkspaceAccess level = WorkspaceAccess.of(form.exact("access"));
        return level.isCustom()
                ? new WorkspaceAccess(
                        level.level(),
                        form.first("runs").orElse(level.runs()),
                        form.first("variables").orElse(level.variables()),
                        form.first("state-versions").orElse(level.stateVersions()),
                        form.first("sentinel-mocks").orElse(level.sentinelMocks()),
                        form.has("workspace-locking"),
                        form.has("run-tasks"),
                        before.policyOverrides())
                : level;
    }

    static String words(WorkspaceAccess access) {
        return access.isCustom()
                ? "Runs: " + access.runs() + ", variables: " + access.variables() + ", states: "
                        + access.stateVersions() + (access.workspaceLocking() ? ", locks" : "")
                : "";
    }
}
