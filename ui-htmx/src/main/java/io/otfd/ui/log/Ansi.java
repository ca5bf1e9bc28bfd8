package io.otfd.ui.log;

/**
 * Text for a terminal as HTML: colours become spans with classes of ours, all other control sequences and control
 * characters go, and everything else is escaped. With {@link LogText} the only place whose output is not escaped again.
 */
final class Ansi {

    private static final char ESCAPE = 0x1b;
    private static final char BELL = 0x07;

    private final StringBuilder html;
    private AnsiStyle style;
    private boolean open;

    private Ansi(StringBuilder html, AnsiStyle style) {
        this.html = html;
        this.style = style;
    }

    /**
     * Appends one line, all spans closed.
     *
     * @return the style that the next line begins with
     */
    static AnsiStyle append(StringBuilder html, String line, AnsiStyle style) {
        Ansi ansi = new Ansi(html, style);
        ansi.line(line);
        return ansi.style;
    }

    private void line(String line) {
        int i = 0;
        while (i < line.length()) {
            char next = line.charAt(i);
            if (next == ESCAPE) {
                i = sequence(line, i + 1);
            } else {
                text(next);
                i++;
            }
        }
        close();
    }

    /** @return where the text goes on */
    private int sequence(String line, int start) {
        if (start >= line.length()) {
            return start;
        }
        return switch (line.charAt(start)) {
            case '[' -> control(line, start + 1);
            // Operating system command, such as a title or a link: up to BEL or ESC \.
            case ']' -> command(line, start + 1);
            default -> start + 1;
        };
    }

    private int control(String line, int start) {
        int end = start;
        while (end < line.length() && (line.charAt(end) < '@' || line.charAt(end) > '~')) {
            end++;
        }
        if (end < line.length() && line.charAt(end) == 'm') {
            change(style.after(line.substring(start, end)));
        }
        return Math.min(line.length(), end + 1);
    }

    private static int command(String line, int start) {
        for (int i = start; i < line.length(); i++) {
            if (line.charAt(i) == BELL) {
                return i + 1;
            }
            if (line.charAt(i) == ESCAPE) {
                return Math.min(line.length(), i + 2);
            }
        }
        return line.length();
    }

    private void change(AnsiStyle changed) {
        if (!changed.equals(style)) {
            close();
            style = changed;
        }
    }

    private void text(char next) {
        if (Character.isISOControl(next) && next != '\t' && next != '\n') {
            return;
        }
        if (!open && !style.equals(AnsiStyle.PLAIN)) {
            html.append("<span class=\"").append(style.classes()).append("\">");
            open = true;
        }
        escape(html, next);
    }

    private void close() {
        if (open) {
            html.append("</span>");
            open = false;
        }
    }

    private static void escape(StringBuilder html, char next) {
        switch (next) {
            case '&' -> html.append("&amp;");
            case '<' -> html.append("&lt;");
            case '>' -> html.append("&gt;");
            case '"' -> html.append("&quot;");
            case '\'' -> html.append("&#39;");
            default -> html.append(next);
        }
    }
}
