package io.otfd.notifier;

/** Texts of strangers. */
final class Text {

    private Text() {}

    /** The beginning, without the zero bytes that PostgreSQL has no room for. */
    static String clean(String text, int length) {
        String whole = text.replace("\0", "");
        if (whole.length() <= length) {
            return whole;
        }
        // No half of a surrogate pair at the end.
        return whole.substring(0, Character.isHighSurrogate(whole.charAt(length - 1)) ? length - 1 : length);
    }
}
