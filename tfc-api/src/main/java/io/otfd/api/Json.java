package io.otfd.api;

import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Values as JSON text. */
final class Json {

    /** Clients parse exactly this form: UTC with a literal Z (observed: Terraform 1.11 refuses offsets). */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final StringBuilder out = new StringBuilder(4096);

    static String time(Instant instant) {
        return TIME.format(instant);
    }

    byte[] bytes() {
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    Json raw(String text) {
        out.append(text);
        return this;
    }

    /** {@code "name":} behind a comma where one is due. */
    Json name(String name) {
        comma();
        string(name);
        out.append(':');
        return this;
    }

    Json comma() {
        char last = out.isEmpty() ? '{' : out.charAt(out.length() - 1);
        if (last != '{' && last != '[' && last != ':') {
            out.append(',');
        }
        return this;
    }

    Json value(Object value) {
        switch (value) {
            case null -> out.append("null");
            case Optional<?> optional -> value(optional.orElse(null));
            case String text -> string(text);
            case Boolean flag -> out.append(flag.booleanValue());
            case Number number -> out.append(number);
            case Instant instant -> string(time(instant));
            case Map<?, ?> map -> {
                out.append('{');
                map.forEach((key, member) -> name(key.toString()).value(member));
                out.append('}');
            }
            case JsonValue json -> out.append(json);
            case Collection<?> items -> {
                out.append('[');
                for (Object item : items) {
                    comma();
                    value(item);
                }
                out.append(']');
            }
            case Enum<?> constant -> string(constant.toString());
            default -> throw new IllegalArgumentException("no JSON form for " + value.getClass());
        }
        return this;
    }

    /** What needs no escape is copied in one piece: a list of workspaces is half a megabyte of such text. */
    private void string(String text) {
        out.append('"');
        int copied = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c == '"' || c == '\\') {
                out.append(text, copied, i);
                escape(c);
                copied = i + 1;
            }
        }
        out.append(text, copied, text.length()).append('"');
    }

    private void escape(char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> out.append(String.format("\\u%04x", (int) c));
        }
    }
}
