package io.otfd.planexport;

import io.otfd.JsonTrees;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

/** Writes members of one object of the plan into a map of a mock. */
record Fields(SentinelWriter out, JsonObject from) {

    /** A text, empty where there is none. */
    void text(String name) {
        put(name, PlanReader.text(from, name));
    }

    void copy(String name, JsonValue otherwise) {
        copy(name, name, otherwise);
    }

    /** @param source what it is called in the plan */
    void copy(String name, String source, JsonValue otherwise) {
        out.name(name).value(PlanReader.member(from, source, otherwise));
    }

    void put(String name, String value) {
        out.name(name).value(JsonTrees.JSON.createValue(value));
    }
}
