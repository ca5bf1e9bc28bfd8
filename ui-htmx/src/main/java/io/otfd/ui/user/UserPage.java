package io.otfd.ui.user;

import io.otfd.ui.Badge;
import io.otfd.ui.Fact;
import io.otfd.ui.Frame;
import java.util.List;
import java.util.Optional;

/**
 * @param link that was made just now, whole
 * @param unconfirmed an address that can be confirmed
 * @param actions what can be done with the user, besides
 */
public record UserPage(
        Frame frame,
        String url,
        String username,
        List<Badge> badges,
        List<Fact> facts,
        Optional<String> link,
        Optional<String> unconfirmed,
        List<Action> actions,
        Optional<String> problem) {

    public UserPage {
        badges = List.copyOf(badges);
        facts = List.copyOf(facts);
        actions = List.copyOf(actions);
    }

    /** @param name last part of its address */
    public record Action(String name, String label) {}
}
