package io.otfd.ui;

import io.otfd.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** What a form was filled from, so that two people do not overwrite each other without knowing. */
public record Edition(String text) {

    public static final String FIELD = "edition";
    private static final int LENGTH = 16;

    /** @param values everything that the form writes; equal ones have the same edition in every process */
    public static Edition of(Object... values) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(Arrays.toString(values).getBytes(StandardCharsets.UTF_8));
            return new Edition(HexFormat.of().formatHex(hash).substring(0, LENGTH));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * What the form of a page carries on: its own edition while it comes and goes unsaved, so that a change of somebody else is
     * not lost on the way; the present one where it is filled anew, and where a refusal has told of the change.
     *
     * @param now of what is stored
     */
    public static String carried(Filled form, Edition now) {
        return form.isRefused() ? now.text() : form.values().first(FIELD).orElse(now.text());
    }

    /** @throws Refusal.Conflict when the form was filled from something else; asked with the row held */
    public void require(Form form) {
        if (!form.exact(FIELD).equals(text)) {
            throw new Refusal.Conflict("Somebody else saved changes since you opened this page. What you typed is still"
                    + " here: save it again to replace theirs, or load the page again to see them.");
        }
    }
}
