package io.otfd.ui.log;

import java.nio.charset.StandardCharsets;

/** Bytes of a log as HTML, line by line: JSON lines of the engine in words, all others as a terminal would show them. */
final class LogLines {

    private LogLines() {}

    private static final String CLOSING = "</span>";

    record Rendered(String html, AnsiStyle style) {}

    /**
     * Each line is an element of its own; what it stands at in the log is its name, since that is the same however much of
     * the log a page shows.
     *
     * @param bytes whole lines; the last one may lack its line feed
     * @param log in front of that name, such as {@code plan}
     * @param offset of the first byte
     */
    static Rendered render(byte[] bytes, AnsiStyle style, String log, long offset) {
        StringBuilder html = new StringBuilder(bytes.length + bytes.length / 4);
        AnsiStyle now = style;
        int start = 0;
        while (start < bytes.length) {
            int end = start;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            String line = new String(bytes, start, end - start, StandardCharsets.UTF_8);
            int before = html.length();
            now = line(html, line, now);
            if (html.length() > before) {
                html.insert(before, "<span id=\"" + log + "-" + (offset + start) + "\">")
                        .append(CLOSING);
            }
            if (end < bytes.length) {
                html.append('\n');
            }
            start = end + 1;
        }
        return new Rendered(html.toString(), now);
    }

    private static AnsiStyle line(StringBuilder html, String line, AnsiStyle style) {
        // The start marker stands before the first line.
        String text = line.startsWith("\u0002") ? line.substring(1) : line;
        if (text.startsWith("{") && JsonLine.append(html, text)) {
            return AnsiStyle.PLAIN;
        }
        return Ansi.append(html, text, style);
    }
}
