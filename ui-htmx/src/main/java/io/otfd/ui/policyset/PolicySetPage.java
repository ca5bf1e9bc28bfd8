package io.otfd.ui.policyset;

import io.otfd.ui.Fact;
import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import io.otfd.ui.Picker;
import java.util.List;
import java.util.Optional;

/**
 * @param writes the visitor may change it
 * @param edition what the form was filled from
 * @param policies that are in it, for those who may not change it
 */
public record PolicySetPage(
        Frame frame,
        String url,
        String name,
        String id,
        Optional<String> description,
        boolean writes,
        Filled form,
        String edition,
        List<Picker> pickers,
        List<Member> policies,
        List<Fact> facts) {

    public PolicySetPage {
        pickers = List.copyOf(pickers);
        policies = List.copyOf(policies);
        facts = List.copyOf(facts);
    }

    public record Member(String name, String url) {}
}
