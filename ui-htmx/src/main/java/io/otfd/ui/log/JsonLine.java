package io.otfd.ui.log;

import io.otfd.JsonTrees;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;

/** A line of Terraform's machine-readable output, in words (developer.hashicorp.com/terraform/internals/machine-readable-ui). */
final class JsonLine {

    private JsonLine() {}

    /** @return false, and nothing appended, for a line that is something else */
    static boolean append(StringBuilder html, String line) {
        StringBuilder words = new StringBuilder();
        try (JsonReader reader = JsonTrees.JSON.createReader(new StringReader(line))) {
            words(words, reader.readObject());
        } catch (RuntimeException e) {
            // Also what the parser throws beyond JsonException, as for 1,000 levels of nesting.
            return false;
        }
        html.append(words);
        return !words.isEmpty();
    }

    private static void words(StringBuilder html, JsonObject object) {
        String message = text(object, "@message");
        if (message.isEmpty()) {
            return;
        }
        switch (text(object, "type")) {
            case "diagnostic" -> diagnostic(html, object, message);
            case "outputs" -> outputs(html, object, message);
            case "change_summary" -> span(html, "log-strong", message);
            default -> span(html, levelClass(text(object, "@level")), message);
        }
    }

    private static String levelClass(String level) {
        return switch (level) {
            case "error" -> "log-error";
            case "warn" -> "log-warning";
            default -> "";
        };
    }

    private static void diagnostic(StringBuilder html, JsonObject line, String message) {
        JsonObject diagnostic = object(line, "diagnostic");
        boolean error = text(diagnostic, "severity").equals("error");
        StringBuilder body = new StringBuilder();
        String address = text(diagnostic, "address");
        if (!address.isEmpty()) {
            body.append("\n  with ").append(address);
        }
        JsonObject range = object(diagnostic, "range");
        if (!range.isEmpty()) {
            JsonObject snippet = object(diagnostic, "snippet");
            String number = number(object(range, "start"), "line");
            body.append("\n  on ")
                    .append(text(range, "filename"))
                    .append(" line ")
                    .append(number);
            if (!text(snippet, "context").isEmpty()) {
                body.append(", in ").append(text(snippet, "context"));
            }
            code(body, snippet);
        }
        String detail = text(diagnostic, "detail");
        if (!detail.isEmpty()) {
            body.append("\n\n  ").append(detail.replace("\n", "\n  "));
        }
        html.append("<span class=\"diagnostic\">");
        span(html, error ? "log-error" : "log-warning", message);
        span(html, "", body.append('\n').toString());
        html.append("</span>");
    }

    private static void code(StringBuilder body, JsonObject snippet) {
        String code = text(snippet, "code");
        if (!code.isEmpty()) {
            body.append(":\n    ")
                    .append(number(snippet, "start_line"))
                    .append(": ")
                    .append(code);
        }
        JsonValue values = snippet.get("values");
        if (values != null && values.getValueType() == JsonValue.ValueType.ARRAY) {
            for (JsonValue value : values.asJsonArray()) {
                if (value instanceof JsonObject known) {
                    body.append("\n      ")
                            .append(text(known, "traversal"))
                            .append(' ')
                            .append(text(known, "statement"));
                }
            }
        }
    }

    private static void outputs(StringBuilder html, JsonObject line, String message) {
        span(html, "log-strong", message);
        StringBuilder body = new StringBuilder();
        object(line, "outputs").forEach((name, value) -> {
            if (value instanceof JsonObject output && output.containsKey("value")) {
                boolean sensitive = JsonValue.TRUE.equals(output.get("sensitive"));
                body.append("\n  ")
                        .append(name)
                        .append(" = ")
                        .append(
                                sensitive
                                        ? "(sensitive value)"
                                        : output.get("value").toString());
            }
        });
        span(html, "", body.toString());
    }

    /** Values are hostile as any other text: control sequences in them count for nothing beyond this span. */
    private static void span(StringBuilder html, String style, String text) {
        if (!style.isEmpty()) {
            html.append("<span class=\"").append(style).append("\">");
        }
        Ansi.append(html, text, AnsiStyle.PLAIN);
        if (!style.isEmpty()) {
            html.append("</span>");
        }
    }

    private static JsonObject object(JsonObject parent, String name) {
        return parent.get(name) instanceof JsonObject child ? child : JsonValue.EMPTY_JSON_OBJECT;
    }

    private static String text(JsonObject parent, String name) {
        return parent.get(name) instanceof JsonString text ? text.getString() : "";
    }

    private static String number(JsonObject parent, String name) {
        return parent.get(name) instanceof JsonNumber number ? number.toString() : "?";
    }
}
