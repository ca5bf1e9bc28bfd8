package io.otfd.state;

import io.otfd.JsonTrees;
import io.otfd.Refusal;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What we read from a {@code .tfstate} file (format version 4; observed: Terraform 1.11).
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
        try (JsonReader reader = JsonTrees.JSON.createReader(in)) {
            JsonObject file = reader.readObject();
            int format = file.getInt("version", 0);
            if (format > FORMAT || format < 1) {
                throw Refusal.Invalid.document(
                        "The state has format version " + format + "; versions 1 to 4 are known.");
            }
            return new StateFile(
                    file.getJsonNumber("serial").longValueExact(),
                    file.getString("lineage", ""),
                    file.getString("terraform_version", ""),
                    format,
                    count(array(file, "resources")),
                    resources(array(file, "resources")),
                    outputs(file.get("outputs")));
        } catch (JsonException | ClassCastException | NullPointerException | ArithmeticException e) {
            throw Refusal.Invalid.document("The state is not a Terraform state file.");
        }
    }

    /** The same state under another serial. */
    static byte[] withSerial(byte[] state, long serial) {
        try (JsonReader reader = JsonTrees.JSON.createReader(new ByteArrayInputStream(state))) {
            return JsonTrees.JSON
                    .createObjectBuilder(reader.readObject())
                    .add("serial", serial)
                    .build()
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);
        }
    }

    private static JsonArray array(JsonObject object, String name) {
        return object.get(name) instanceof JsonArray array ? array : JsonValue.EMPTY_JSON_ARRAY;
    }

    private static int count(JsonArray resources) {
        return resources.stream()
                .map(JsonValue::asJsonObject)
                .filter(resource -> resource.getString("mode", "").equals("managed"))
                .mapToInt(resource -> array(resource, "instances").size())
                .sum();
    }

    private static String resources(JsonArray resources) {
        var list = JsonTrees.JSON.createArrayBuilder();
        for (JsonValue value : resources) {
            JsonObject resource = value.asJsonObject();
            boolean data = resource.getString("mode", "").equals("data");
            list.add(JsonTrees.JSON
                    .createObjectBuilder()
                    .add("name", resource.getString("name", ""))
                    .add("type", (data ? "data." : "") + resource.getString("type", ""))
                    .add("count", array(resource, "instances").size())
                    .add("module", resource.getString("module", "root"))
                    .add("provider", resource.getString("provider", "")));
        }
        return list.build().toString();
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
