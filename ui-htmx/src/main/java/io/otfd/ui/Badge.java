package io.otfd.ui;

/** A status: a word, and a colour that only repeats it. */
public record Badge(String label, Tone tone) {

    /** What the status asks of the reader. */
    public enum Tone {
        QUIET,
        ACTIVE,
        ATTENTION,
        GOOD,
        BAD;

        /** Style class. */
        @Override
        public String toString() {
            return "tone-" + name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
