package io.otfd.ui.state;

import io.otfd.ui.Fact;
import io.otfd.ui.Frame;
import java.util.List;
import java.util.Optional;

/**
 * @param downloadUrl empty until its bytes are here
 * @param diffUrl of the comparison with the state before; empty until its bytes are here
 * @param rollbackUrl empty for the current one, and for those who may not write states
 */
public record StatePage(
        Frame frame,
        String serial,
        String id,
        boolean current,
        List<Fact> facts,
        StateContents contents,
        Optional<String> downloadUrl,
        Optional<String> diffUrl,
        Optional<String> rollbackUrl) {

    public StatePage {
        facts = List.copyOf(facts);
    }
}
