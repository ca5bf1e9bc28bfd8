package io.otfd.ui.plan;

import io.otfd.ui.Badge;
import io.otfd.ui.Badge.Tone;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a plan does to one resource.
 *
 * @param number its place in the plan
 * @param type of the resource, such as {@code aws_instance}
 */
record PlannedChange(
        int number,
        String address,
        String type,
        Optional<String> previousAddress,
        Action action,
        Optional<String> reason,
        boolean imported) {

    /** As Terraform's JSON names them, a replacement being two of these. */
    enum Action {
        CREATE("create", Tone.GOOD),
        UPDATE("update", Tone.ATTENTION),
        REPLACE("replace", Tone.BAD),
        DELETE("delete", Tone.BAD),
        READ("read", Tone.ACTIVE),
        FORGET("forget", Tone.ATTENTION),
        MOVE("move", Tone.QUIET);

        private final String verb;
        private final Tone tone;

        Action(String verb, Tone tone) {
            this.verb = verb;
            this.tone = tone;
        }

        String verb() {
            return verb;
        }

        Badge badge() {
            return new Badge(verb.substring(0, 1).toUpperCase(Locale.ROOT) + verb.substring(1), tone);
        }

        static Optional<Action> of(List<String> actions, boolean moved) {
            if (actions.contains("create") && (actions.contains("delete") || actions.contains("forget"))) {
                return Optional.of(REPLACE);
            }
            for (Action action : values()) {
                if (actions.contains(action.verb)) {
                    return Optional.of(action);
                }
            }
            return moved ? Optional.of(MOVE) : Optional.empty();
        }
    }

    /** Empty for a resource to which nothing happens. */
    static Optional<PlannedChange> of(int number, JsonObject resource) {
        JsonObject change = resource.getJsonObject("change");
        Optional<String> previous = Optional.ofNullable(resource.getString("previous_address", null));
        boolean imported = change.get("importing") instanceof JsonObject;
        return Action.of(actions(change), previous.isPresent() || imported)
                .map(action -> new PlannedChange(
                        number,
                        resource.getString("address", "?"),
                        resource.getString("type", ""),
                        previous,
                        action,
                        Optional.ofNullable(resource.getString("action_reason", null))
                                .map(PlannedChange::words),
                        imported));
    }

    /** @param change an object with {@code actions}: of a resource or of an output */
    static List<String> actions(JsonObject change) {
        return change.getJsonArray("actions").getValuesAs(JsonString.class).stream()
                .map(JsonString::getString)
                .toList();
    }

    /** Reasons of Terraform's JSON output format. */
    private static String words(String reason) {
        return switch (reason) {
            case "replace_because_tainted" -> "it is tainted";
            case "replace_because_cannot_update" -> "a change cannot be made in place";
            case "replace_by_request" -> "the run asks for it";
            case "replace_by_triggers" -> "what triggers its replacement changes";
            case "delete_because_no_resource_config" -> "it is not in the configuration any more";
            case "delete_because_no_module" -> "its module is not in the configuration any more";
            case "delete_because_wrong_repetition" -> "its count or for_each is not what it was";
            case "delete_because_count_index" -> "its index is beyond the count";
            case "delete_because_each_key" -> "its key is not in for_each any more";
            case "delete_because_no_move_target" -> "it was moved to where nothing is";
            case "read_because_config_unknown" -> "its configuration is known only after the apply";
            case "read_because_dependency_pending" -> "something that it depends on changes";
            case "read_because_check_nested" -> "a check needs it";
            case String other -> other.replace('_', ' ');
        };
    }

    boolean matches(Optional<Action> wanted, Optional<String> wantedType, Optional<String> text) {
        return wanted.map(action::equals).orElse(true)
                && wantedType.map(type::equals).orElse(true)
                && text.map(part -> address.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT)))
                        .orElse(true);
    }
}
