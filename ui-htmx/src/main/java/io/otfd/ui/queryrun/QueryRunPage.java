package io.otfd.ui.queryrun;

import io.otfd.ui.Badge;
import io.otfd.ui.Fact;
import io.otfd.ui.Frame;
import io.otfd.ui.log.LogText;
import java.util.List;
import java.util.Optional;

/**
 * @param problem why what the visitor asked for was not done
 * @param cancelUrl empty where there is nothing to cancel, or the visitor may not
 * @param liveUrl empty once it is over
 */
public record QueryRunPage(
        Frame frame,
        Optional<String> problem,
        List<Fact> facts,
        Progress progress,
        String rawUrl,
        Optional<String> cancelUrl,
        Optional<String> liveUrl) {

    public QueryRunPage {
        facts = List.copyOf(facts);
    }

    /**
     * The part that is kept up to date.
     *
     * @param cut earlier lines are left out
     */
    public record Progress(Badge status, LogText log, boolean cut) {}
}
