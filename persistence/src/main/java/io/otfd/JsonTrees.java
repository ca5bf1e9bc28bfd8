package io.otfd;

import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;

/** Trees of JSON. The methods of {@code jakarta.json.Json} look their implementation up in the class path at each call. */
public final class JsonTrees {

    public static final JsonProvider JSON = JsonProvider.provider();

    private JsonTrees() {}

    public static JsonObject object(String json) {
        try (JsonReader reader = JSON.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }

    /** Texts by name. */
    public static Map<String, String> texts(String json) {
        Map<String, String> texts = new LinkedHashMap<>();
        JsonObject object = object(json);
        object.keySet().forEach(name -> texts.put(name, object.getString(name)));
        return texts;
    }
}
