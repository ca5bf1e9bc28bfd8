package io.otfd.ui.log;

import java.nio.charset.StandardCharsets;

/** Bytes of a log as HTML, line by line: JSON lines of the engine in words, all others as a terminal would show them. */
final class LogLines {

    private LogLines() {}

    record Rendered(String html, AnsiStyle style) {}

    /** @param bytes whole lines; the last one may lack its line feed */
    static Rendered render(byte[] bytes, AnsiStyle style) {
        StringBuilder html = new StringBuilder(bytes.length + bytes.length / 4);
        AnsiStyle now = style;
        int start = 0;
        while (start < bytes.length) {
            int end = start;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            String line = new String(bytes, start, end - start, StandardCharsets.UTF_8);
            now = line(html, line, now);
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
