package io.otfd.ui.run;

import gg.jte.Content;
import io.otfd.ui.Fact;
import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import io.otfd.ui.Moment;
import io.otfd.ui.plan.PlanPart;
import java.util.List;
import java.util.Optional;

/**
 * @param message all of it
 * @param workspaceLock in a word
 * @param changes of the plan, once there is one
 * @param commentForm empty for those who may not comment
 * @param problem why what the visitor asked for was not done
 * @param liveUrl event stream; empty when nothing will change any more
 */
public record RunPage(
        Frame frame,
        String message,
        List<Fact> facts,
        String workspaceUrl,
        String workspaceLock,
        RunSummary summary,
        Optional<PlanPart> changes,
        Panel plan,
        Panel apply,
        List<CommentRow> comments,
        Optional<Filled> commentForm,
        Optional<String> problem,
        Optional<String> liveUrl) {

    public RunPage {
        facts = List.copyOf(facts);
        comments = List.copyOf(comments);
    }

    /**
     * A log.
     *
     * @param name {@code plan} or {@code apply}
     * @param cut earlier lines are left out
     * @param rawUrl all of it as it came
     */
    public record Panel(String name, String label, Content log, boolean cut, String rawUrl, boolean open) {}

    /** What somebody said of the run. */
    public record CommentRow(String author, Moment at, String body) {}
}
