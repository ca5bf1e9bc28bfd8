package io.otfd.planexport;

import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Writes JSON as literals of the Sentinel language, a member a line (docs.hashicorp.com/sentinel/language/spec). Values of
 * any size can be handed on from a parser, event by event.
 */
final class SentinelWriter {

    private static final int INT64_DIGITS = 18;

    private final Writer out;
    private int depth;

    /** The map or list that was begun last has no member yet. */
    private boolean empty = true;

    SentinelWriter(OutputStream out) {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    }

    /** Sentinel as it is. */
    void code(String text) {
        put(text);
    }

    void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name of what comes next: of a variable, or of a member where a map has begun. */
    SentinelWriter name(String name) {
        if (depth == 0) {
            put("\n" + name + " = ");
        } else {
            place();
            string(name);
            put(": ");
        }
        return this;
    }

    void beginMap() {
        begin("{");
    }

    void endMap() {
        end("}");
    }

    private void begin(String bracket) {
        put(bracket);
        depth++;
        empty = true;
    }

    private void end(String bracket) {
        depth--;
        if (!empty) {
            put(",\n" + "\t".repeat(depth));
        }
        empty = false;
        put(depth == 0 ? bracket + "\n" : bracket);
    }

    private void place() {
        put((empty ? "\n" : ",\n") + "\t".repeat(depth));
        empty = false;
    }

    /** The value that the parser has just come to, to its end. */
    void value(JsonParser parser, Event event) {
        switch (event) {
            case START_OBJECT -> {
                beginMap();
                while (parser.next() == Event.KEY_NAME) {
                    name(parser.getString());
                    value(parser, parser.next());
                }
                endMap();
            }
            case START_ARRAY -> {
                begin("[");
                for (Event item = parser.next(); item != Event.END_ARRAY; item = parser.next()) {
                    place();
                    value(parser, item);
                }
                end("]");
            }
            case VALUE_STRING -> scalar(quoted(parser.getString()));
            case VALUE_NUMBER -> scalar(number(parser.getString()));
            case VALUE_TRUE -> scalar("true");
            case VALUE_FALSE -> scalar("false");
            case VALUE_NULL -> scalar("null");
            case KEY_NAME, END_OBJECT, END_ARRAY -> throw new IllegalStateException(event + " is no value");
        }
    }

    void value(JsonValue value) {
        switch (value.getValueType()) {
            case OBJECT -> {
                beginMap();
                for (Map.Entry<String, JsonValue> member : value.asJsonObject().entrySet()) {
                    name(member.getKey()).value(member.getValue());
                }
                endMap();
            }
            case ARRAY -> {
                begin("[");
                for (JsonValue item : value.asJsonArray()) {
                    place();
                    value(item);
                }
                end("]");
            }
            case STRING -> scalar(quoted(((JsonString) value).getString()));
            case NUMBER -> scalar(number(value.toString()));
            case TRUE, FALSE, NULL -> scalar(value.toString());
        }
    }

    private void scalar(String literal) {
        put(depth == 0 ? literal + "\n" : literal);
    }

    private void string(String text) {
        put(quoted(text));
    }

    /** Integers have 64 bits: what does not fit is a float. */
    private static String number(String text) {
        boolean integer = text.chars().allMatch(c -> c == '-' || Character.isDigit(c));
        if (!integer || text.length() <= INT64_DIGITS) {
            return text;
        }
        try {
            return Long.toString(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return Double.toString(new BigDecimal(text).doubleValue());
        }
    }

    private static String quoted(String text) {
        StringBuilder literal = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> literal.append("\\\\");
                case '"' -> literal.append("\\\"");
                case '\n' -> literal.append("\\n");
                case '\r' -> literal.append("\\r");
                case '\t' -> literal.append("\\t");
                default -> {
                    if (c < 0x20 || c == 0x7f) {
                        literal.append(String.format("\\u%04x", (int) c));
                    } else {
                        literal.append(c);
                    }
                }
            }
        }
        return literal.append('"').toString();
    }

    private void put(String text) {
        try {
            out.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
