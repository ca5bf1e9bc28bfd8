package io.otfd.ui;

import io.otfd.Refusal;
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
 * @param word to be typed before; empty where a click is enough
 */
public record ConfirmPage(
        Frame frame,
        List<String> consequences,
        Optional<String> obstacle,
        String url,
        String button,
        String back,
        Optional<String> word,
        Filled form) {

    public ConfirmPage {
        consequences = List.copyOf(consequences);
    }

    public static ConfirmPage of(Frame frame, String url, String button, String back, String... consequences) {
        return new ConfirmPage(
                frame, List.of(consequences), Optional.empty(), url, button, back, Optional.empty(), Filled.EMPTY);
    }

    public ConfirmPage hinderedBy(Optional<String> reason) {
        return new ConfirmPage(frame, consequences, reason, url, button, back, word, form);
    }

    /** For what costs most: the name of the thing has to be typed. */
    public ConfirmPage afterTyping(String name, Filled typed) {
        return new ConfirmPage(frame, consequences, obstacle, url, button, back, Optional.of(name), typed);
    }

    /** Name of the field for {@link #word}. */
    public static final String TYPED = "typed";

    /** @throws Refusal.Invalid when something else was typed */
    public static void requireTyped(Form form, String name) {
        if (!form.exact(TYPED).strip().equals(name)) {
            throw Refusal.Invalid.at("/" + TYPED, "Type " + name + " to confirm.");
        }
    }
}
