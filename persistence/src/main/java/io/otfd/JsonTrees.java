package io.otfd;

import jakarta.json.spi.JsonProvider;

/** Trees of JSON. The methods of {@code jakarta.json.Json} look their implementation up in the class path at each call. */
public final class JsonTrees {

    public static final JsonProvider JSON = JsonProvider.provider();

    private JsonTrees() {}
}
