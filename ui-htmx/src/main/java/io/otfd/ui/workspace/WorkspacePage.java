package io.otfd.ui.workspace;

import io.otfd.ui.Fact;
import io.otfd.ui.Frame;
import io.otfd.ui.Moment;
import io.otfd.ui.run.RunRow;
import io.otfd.workspace.Settings;
import io.otfd.workspace.Workspace;
import java.util.List;
import java.util.Optional;

/**
 * @param lock by whom and why, when it is locked
 * @param host name and port of this server
 */
public record WorkspacePage(
        Frame frame,
        String organization,
        String name,
        String id,
        Optional<String> description,
        Optional<String> lock,
        List<Fact> facts,
        List<RunRow> runs,
        String runsUrl,
        String host) {

    public WorkspacePage {
        facts = List.copyOf(facts);
        runs = List.copyOf(runs);
    }

    static List<Fact> facts(Workspace workspace) {
        Settings settings = workspace.settings();
        return List.of(
                new Fact("Execution mode", workspace.effectiveMode().wireName()),
                new Fact("Terraform version", settings.terraformVersion()),
                new Fact("Apply", settings.autoApply() ? "automatic, without confirmation" : "after confirmation"),
                new Fact("Working directory", settings.workingDirectory().orElse("/")),
                new Fact("Resources", Integer.toString(workspace.resourceCount())),
                new Fact("Created", Moment.of(workspace.createdAt()).text()),
                new Fact("Last change", Moment.of(workspace.latestChangeAt()).text()));
    }
}
