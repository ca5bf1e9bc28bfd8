package io.otfd.agent.job;

import java.util.ArrayList;
import java.util.List;

/** As much of Terraform's language as files of ours and the host's CLI configuration need. */
final class Hcl {

    private Hcl() {}

    /** A quoted string, with nothing in it that the engine would evaluate. */
    static String quoted(String value) {
        StringBuilder text = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case '$', '%' -> {
                    text.append(c);
                    if (i + 1 < value.length() && value.charAt(i + 1) == '{') {
                        text.append(c);
                    }
                }
                default -> text.append(c);
            }
        }
        return text.append('"').toString();
    }

    /**
     * The items at the top of a file, each with the text that belongs to it; comments between them are dropped. An item
     * ends where its braces and brackets are closed and the line is over.
     */
    static List<String> items(String text) {
        List<String> items = new ArrayList<>();
        StringBuilder item = new StringBuilder();
        int depth = 0;
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '#' || text.startsWith("//", i)) {
                i = end(text, "\n", i);
                continue;
            }
            if (text.startsWith("/*", i)) {
                i = Math.min(end(text, "*/", i) + 2, text.length());
                continue;
            }
            if (c == '"') {
                int close = closingQuote(text, i);
                item.append(text, i, close);
                i = close;
                continue;
            }
            depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
            item.append(c);
            if (c == '\n' && depth <= 0) {
                add(items, item);
            }
            i++;
        }
        add(items, item);
        return items;
    }

    private static void add(List<String> items, StringBuilder item) {
        if (!item.toString().isBlank()) {
            items.add(item.toString().strip());
        }
        item.setLength(0);
    }

    private static int end(String text, String mark, int from) {
        int found = text.indexOf(mark, from);
        return found < 0 ? text.length() : found;
    }

    private static int closingQuote(String text, int from) {
        int i = from + 1;
        while (i < text.length() && text.charAt(i) != '"') {
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        return Math.min(i + 1, text.length());
    }
}
