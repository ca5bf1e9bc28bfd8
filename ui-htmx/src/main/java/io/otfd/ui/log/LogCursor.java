package io.otfd.ui.log;

/** Where a reader of a log goes on, and in which style: {@code 4711.bold.red}. */
public record LogCursor(long offset, AnsiStyle style) {

    public static final LogCursor START = new LogCursor(0, AnsiStyle.PLAIN);

    private static final int MAX_DIGITS = 15;

    /** From the start for anything that is not one of ours. */
    public static LogCursor parse(String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        return digits == 0 || digits > MAX_DIGITS
                ? START
                : new LogCursor(Long.parseLong(text.substring(0, digits)), AnsiStyle.ofToken(text.substring(digits)));
    }

    @Override
    public String toString() {
        return offset + style.token();
    }
}
