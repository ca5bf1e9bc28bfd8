package io.otfd.ui.workspace;

import io.otfd.ui.Fact;
import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import io.otfd.ui.Moment;
import io.otfd.ui.run.RunRow;
import io.otfd.ui.state.StateContents;
import io.otfd.workspace.Settings;
import io.otfd.workspace.Workspace;
import java.util.List;
import java.util.Optional;

/**
 * @param url of this page
 * @param lock by whom and why, when it is locked
 * @param actions what the visitor may do to the lock
 * @param state what is in the current one; empty where there is none, or for those who may not read it
 * @param readmeUrl empty while there is no configuration
 * @param newRun where a run is started; empty for those who may not
 * @param host name and port of this server
 */
public record WorkspacePage(
        Frame frame,
        String url,
        String organization,
        String name,
        String id,
        Optional<String> description,
        Optional<String> lock,
        LockActions actions,
        Filled lockForm,
        List<Fact> facts,
        List<String> tags,
        List<RunRow> runs,
        Optional<StateContents> state,
        Optional<String> stateUrl,
        Optional<String> readmeUrl,
        String runsUrl,
        Optional<String> newRun,
        String host) {

    public WorkspacePage {
        facts = List.copyOf(facts);
        tags = List.copyOf(tags);
        runs = List.copyOf(runs);
    }

    /** What is possible now and allowed. */
    public record LockActions(boolean lock, boolean unlock, boolean forceUnlock) {}

    static List<Fact> facts(Workspace workspace) {
        Settings settings = workspace.settings();
        return List.of(
                new Fact("Execution mode", workspace.effectiveMode().wireName()),
                new Fact(settings.engine().title() + " version", settings.terraformVersion()),
                new Fact("Apply", settings.autoApply() ? "automatic, without confirmation" : "after confirmation"),
                new Fact("Working directory", settings.workingDirectory().orElse("/")),
                new Fact("Resources", Integer.toString(workspace.resourceCount())),
                new Fact("Created", Moment.of(workspace.createdAt()).text()),
                new Fact("Last change", Moment.of(workspace.latestChangeAt()).text()));
    }
}
