package io.otfd.state;

import io.otfd.JsonEvents;
import io.otfd.JsonTrees;
import io.otfd.Refusal;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What we read from a {@code .tfstate} file (format version 4; observed: Terraform 1.11). It is read as a stream: of
 * resources only the summary is kept, so that memory does not grow with the state.
 *
 * @param resourceCount resource instances that are managed
 * @param resources JSON array for the state version's document
 */
record StateFile(
        long serial,
        String lineage,
        String terraformVersion,
        int formatVersion,
        int resourceCount,
        String resources,
        List<Output> outputs) {

    private static final int FORMAT = 4;

    record Output(String name, boolean sensitive, String type, String detailedType, String value) {}

    static StateFile parse(InputStream in) {
        try (JsonParser parser = JsonTrees.JSON.createParser(in)) {
            return new Reading(parser).file();
        } catch (JsonException
                | ClassCastException
                | NoSuchElementException
                | ArithmeticException
                | IllegalStateException e) {
            throw Refusal.Invalid.document("The state is not a Terraform state file.");
        }
    }

    /** One pass over the file. */
    private static final class Reading {

        private final JsonParser parser;
        private final ResourceSummary summary = new ResourceSummary();
        private Optional<Long> serial = Optional.empty();
        private String lineage = "";
        private String terraformVersion = "";
        private int format;
        private List<Output> outputs = List.of();

        Reading(JsonParser parser) {
            this.parser = parser;
        }

        StateFile file() {
            JsonEvents.expect(parser.next(), Event.START_OBJECT);
            while (parser.next() == Event.KEY_NAME) {
                String name = parser.getString();
                Event value = parser.next();
                switch (name) {
                    case "version" -> format = Math.toIntExact(number(value));
                    case "serial" -> serial = Optional.of(number(value));
                    case "lineage" -> lineage = text(value);
                    case "terraform_version" -> terraformVersion = text(value);
                    case "outputs" -> outputs = outputs(parser.getValue());
                    case "resources" -> summary.readAll(parser, value);
                    default -> JsonEvents.skip(parser, value);
                }
            }
            // Looks at what follows: nothing may.
            if (parser.hasNext()) {
                throw new IllegalStateException("more than one document");
            }
            if (format > FORMAT || format < 1) {
                throw Refusal.Invalid.document(
                        "The state has format version " + format + "; versions 1 to 4 are known.");
            }
            return new StateFile(
                    serial.orElseThrow(),
                    lineage,
                    terraformVersion,
                    format,
                    summary.managed(),
                    summary.json(),
                    outputs);
        }

        private long number(Event value) {
            JsonEvents.expect(value, Event.VALUE_NUMBER);
            return parser.getBigDecimal().longValueExact();
        }

        private String text(Event value) {
            if (value != Event.VALUE_STRING) {
                JsonEvents.skip(parser, value);
                return "";
            }
            return parser.getString();
        }
    }

    /** The same state under another serial; the values are copied as they come. */
    static void withSerial(InputStream state, long serial, OutputStream out) {
        try (JsonParser parser = JsonTrees.JSON.createParser(state);
                JsonGenerator copy = JsonTrees.JSON.createGenerator(out)) {
            JsonEvents.expect(parser.next(), Event.START_OBJECT);
            copy.writeStartObject();
            while (parser.next() == Event.KEY_NAME) {
                String name = parser.getString();
                Event value = parser.next();
                copy.writeKey(name);
                if (name.equals("serial")) {
                    JsonEvents.skip(parser, value);
                    copy.write(serial);
                } else if (name.equals("resources") && value == Event.START_ARRAY) {
                    copy.writeStartArray();
                    parser.getArrayStream().forEach(copy::write);
                    copy.writeEnd();
                } else {
                    copy.write(parser.getValue());
                }
            }
            copy.writeEnd();
        }
    }

    private static List<Output> outputs(JsonValue value) {
        List<Output> outputs = new ArrayList<>();
        if (value instanceof JsonObject object) {
            for (var entry : new TreeMap<>(object).entrySet()) {
                JsonObject output = entry.getValue().asJsonObject();
                JsonValue detailed = output.getOrDefault("type", JsonValue.NULL);
                outputs.add(new Output(
                        entry.getKey(),
                        output.getBoolean("sensitive", false),
                        type(detailed),
                        detailed.toString(),
                        output.getOrDefault("value", JsonValue.NULL).toString()));
            }
        }
        return outputs;
    }

    /** The short name that the outputs document shows beside the exact type. */
    private static String type(JsonValue detailed) {
        String kind = switch (detailed) {
            case JsonString name -> name.getString();
            case JsonArray array when !array.isEmpty() -> array.getString(0, "");
            default -> "";
        };
        return switch (kind) {
            case "list", "set", "tuple" -> "array";
            case "map", "object" -> "map";
            default -> kind;
        };
    }
}
