package io.otfd.ui.policy;

import io.otfd.ui.Fact;
import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import java.util.List;
import java.util.Optional;

/**
 * @param writes the visitor may change it
 * @param edition what the form was filled from
 * @param source in Rego; empty while there is none
 */
public record PolicyPage(
        Frame frame,
        String url,
        String name,
        String id,
        Optional<String> description,
        boolean writes,
        Filled form,
        String edition,
        String source,
        List<Fact> facts) {

    public PolicyPage {
        facts = List.copyOf(facts);
    }
}
