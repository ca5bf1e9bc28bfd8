package io.otfd.resource;

import io.otfd.JsonEvents;
import io.otfd.JsonTrees;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonParser;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Managed resource instances of a {@code .tfstate} file (format version 4), read one resource at a time. */
final class Instances {

    /** {@code provider["registry.terraform.io/hashicorp/aws"]}: namespace and name. */
    private static final Pattern PROVIDER = Pattern.compile("\\[\"(?:[^\"/]+/)?([^\"/]+/[^\"/]+)\"]");

    private static final Pattern MODULE = Pattern.compile("(^|\\.)module\\.");

    private Instances() {}

    /** More are counted by the state, and not listed: the list is held in memory. */
    private static final int MAX_LISTED = 10_000;

    /** JSON array of {@code {address, name, module, provider, type, index, digest}}. */
    static String of(InputStream state) {
        StringWriter text = new StringWriter();
        try (JsonGenerator instances = JsonTrees.JSON.createGenerator(text)) {
            instances.writeStartArray();
            read(state, new Rows(instances));
            instances.writeEnd();
        }
        return text.toString();
    }

    /** Rows of the array, as many as are listed. */
    private static final class Rows {
        private final JsonGenerator generator;
        private int written;

        Rows(JsonGenerator generator) {
            this.generator = generator;
        }

        void add(JsonObject row) {
            if (written++ < MAX_LISTED) {
                generator.write(row);
            }
        }
    }

    private static void read(InputStream state, Rows instances) {
        try (JsonParser parser = JsonTrees.JSON.createParser(state)) {
            parser.next();
            while (parser.hasNext() && parser.next() == JsonParser.Event.KEY_NAME) {
                String key = parser.getString();
                JsonParser.Event value = parser.next();
                if (key.equals("resources") && value == JsonParser.Event.START_ARRAY) {
                    parser.getArrayStream().forEach(resource -> add(instances, resource.asJsonObject()));
                } else {
                    JsonEvents.skip(parser, value);
                }
            }
        }
    }

    private static void add(Rows instances, JsonObject resource) {
        if (!resource.getString("mode", "").equals("managed")
                || !(resource.get("instances") instanceof JsonArray present)) {
            return;
        }
        String type = resource.getString("type", "");
        String name = resource.getString("name", "");
        String module = MODULE.matcher(resource.getString("module", "")).replaceAll("$1");
        String provider = resource.getString("provider", "");
        Matcher matcher = PROVIDER.matcher(provider);
        String shortProvider = matcher.find() ? matcher.group(1) : provider;
        for (JsonValue value : present) {
            JsonObject instance = value.asJsonObject();
            // What is about to be destroyed has the address of what takes its place.
            if (instance.containsKey("deposed")) {
                continue;
            }
            Optional<String> index = index(instance.get("index_key"));
            String address = (module.isEmpty() ? "" : module + ".") + type + "." + name
                    + index.map(text -> "[" + text + "]").orElse("");
            JsonObjectBuilder row = JsonTrees.JSON
                    .createObjectBuilder()
                    .add("address", address)
                    .add("name", name)
                    .add("module", module.isEmpty() ? "root" : module)
                    .add("provider", shortProvider)
                    .add("type", type)
                    .add("digest", digest(instance.toString()));
            index.ifPresent(text -> row.add("index", text));
            instances.add(row.build());
        }
    }

    /** A number as it is, a text in quotes. */
    private static Optional<String> index(JsonValue key) {
        return switch (key) {
            case JsonNumber number -> Optional.of(number.toString());
            case JsonString text -> Optional.of(text.toString());
            case null, default -> Optional.empty();
        };
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
