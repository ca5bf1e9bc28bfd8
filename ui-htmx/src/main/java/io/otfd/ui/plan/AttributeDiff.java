package io.otfd.ui.plan;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The attributes of one change, leaf by leaf.
 *
 * @param unchanged how many leaves stay as they are
 * @param left how many lines are left out
 */
public record AttributeDiff(List<Line> lines, int unchanged, int left) {

    private static final int MAX_LINES = 400;
    private static final int MAX_TEXT = 4000;
    private static final String SENSITIVE = "(sensitive value)";
    private static final String UNKNOWN = "(known after apply)";

    /**
     * One attribute.
     *
     * @param before empty when there was none
     * @param after empty when there will be none
     * @param replaces its change is why the resource is replaced
     */
    public record Line(String path, Optional<String> before, Optional<String> after, boolean replaces) {

        /** A word, so that the colour only repeats it. */
        public String kind() {
            return before.isEmpty() ? "added" : after.isEmpty() ? "removed" : "changed";
        }
    }

    /** @param change an object of Terraform's JSON plans: values before and after, and what of them is unknown or sensitive */
    public static AttributeDiff of(JsonObject change) {
        Walk walk = new Walk(replacePaths(change));
        walk.down(
                "",
                change.get("before"),
                change.get("after"),
                change.get("after_unknown"),
                change.get("before_sensitive"),
                change.get("after_sensitive"));
        List<Line> lines = walk.lines;
        int shown = Math.min(MAX_LINES, lines.size());
        return new AttributeDiff(List.copyOf(lines.subList(0, shown)), walk.unchanged, lines.size() - shown);
    }

    /** Paths as we write them. */
    private static Set<String> replacePaths(JsonObject change) {
        Set<String> paths = new LinkedHashSet<>();
        if (change.get("replace_paths") instanceof JsonArray array) {
            for (JsonValue value : array) {
                String path = "";
                for (JsonValue step : value.asJsonArray()) {
                    path = step instanceof JsonString name ? join(path, name.getString()) : path + "[" + step + "]";
                }
                paths.add(path);
            }
        }
        return paths;
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static final class Walk {
        private final Set<String> replaces;
        private final List<Line> lines = new ArrayList<>();
        private int unchanged;

        Walk(Set<String> replaces) {
            this.replaces = replaces;
        }

        /** Any of these may be missing, and marks may be coarser than the values. */
        void down(
                String path,
                JsonValue before,
                JsonValue after,
                JsonValue unknown,
                JsonValue sensitiveBefore,
                JsonValue sensitiveAfter) {
            boolean secret = isTrue(sensitiveBefore) || isTrue(sensitiveAfter);
            boolean open = !secret && !isTrue(unknown);
            if (open && (isObject(before) || isObject(after)) && fits(before, after)) {
                for (String name : names(before, after, unknown)) {
                    down(
                            join(path, name),
                            member(before, name),
                            member(after, name),
                            member(unknown, name),
                            member(sensitiveBefore, name),
                            member(sensitiveAfter, name));
                }
            } else if (open && (isArray(before) || isArray(after)) && fits(before, after)) {
                int size = Math.max(size(before), Math.max(size(after), size(unknown)));
                for (int i = 0; i < size; i++) {
                    down(
                            path + "[" + i + "]",
                            item(before, i),
                            item(after, i),
                            item(unknown, i),
                            item(sensitiveBefore, i),
                            item(sensitiveAfter, i));
                }
            } else {
                leaf(path, before, after, isTrue(unknown), secret);
            }
        }

        private void leaf(String path, JsonValue before, JsonValue after, boolean unknown, boolean secret) {
            boolean was = isPresent(before);
            boolean willBe = unknown || isPresent(after);
            if (!unknown && (was == willBe) && (!was || before.equals(after))) {
                if (was) {
                    unchanged++;
                }
                return;
            }
            lines.add(new Line(
                    path.isEmpty() ? "(value)" : path,
                    was ? Optional.of(secret ? SENSITIVE : text(before)) : Optional.empty(),
                    willBe ? Optional.of(unknown ? UNKNOWN : secret ? SENSITIVE : text(after)) : Optional.empty(),
                    replaces.stream().anyMatch(path::startsWith)));
        }

        private static boolean fits(JsonValue before, JsonValue after) {
            return !isPresent(before)
                    || !isPresent(after)
                    || isObject(before) == isObject(after) && isArray(before) == isArray(after);
        }

        private static Set<String> names(JsonValue... values) {
            Set<String> names = new LinkedHashSet<>();
            for (JsonValue value : values) {
                if (value instanceof JsonObject object) {
                    names.addAll(object.keySet());
                }
            }
            return names;
        }

        private static boolean isObject(JsonValue value) {
            return value instanceof JsonObject object && !object.isEmpty();
        }

        private static boolean isArray(JsonValue value) {
            return value instanceof JsonArray array && !array.isEmpty();
        }

        private static boolean isTrue(JsonValue value) {
            return value != null && value.getValueType() == JsonValue.ValueType.TRUE;
        }

        private static boolean isPresent(JsonValue value) {
            return value != null && value.getValueType() != JsonValue.ValueType.NULL;
        }

        private static JsonValue member(JsonValue value, String name) {
            return value instanceof JsonObject object ? object.get(name) : isTrue(value) ? value : null;
        }

        private static JsonValue item(JsonValue value, int index) {
            if (value instanceof JsonArray array) {
                return index < array.size() ? array.get(index) : null;
            }
            return isTrue(value) ? value : null;
        }

        private static int size(JsonValue value) {
            return value instanceof JsonArray array ? array.size() : 0;
        }

        private static String text(JsonValue value) {
            String text = value instanceof JsonString string ? string.getString() : value.toString();
            return text.length() <= MAX_TEXT
                    ? text
                    : text.substring(0, MAX_TEXT) + "… (" + text.length() + " characters)";
        }
    }
}
