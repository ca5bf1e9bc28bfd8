package io.otfd.ui;

import java.util.List;
import java.util.Optional;

/**
 * Asks before something is done that cannot be taken back.
 *
 * @param consequences what will be so, one sentence each
 * @param obstacle why it cannot be done now; then there is no button
 * @param url where the form goes
 * @param button what it does, in a word or two
 * @param back where whoever changes their mind goes
 */
public record ConfirmPage(
        Frame frame,
        List<String> consequences,
        Optional<String> obstacle,
        String url,
        String button,
        String back,
        Filled form) {

    public ConfirmPage {
        consequences = List.copyOf(consequences);
    }

    public static ConfirmPage of(Frame frame, String url, String button, String back, String... consequences) {
        return new ConfirmPage(frame, List.of(consequences), Optional.empty(), url, button, back, Filled.EMPTY);
    }

    public ConfirmPage hinderedBy(Optional<String> reason) {
        return new ConfirmPage(frame, consequences, reason, url, button, back, form);
    }
}
