package io.otfd.planexport;

import io.otfd.JsonEvents;
import io.otfd.JsonTrees;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.IOException;
import java.io.InputStream;

/** A plan's JSON (developer.hashicorp.com/terraform/internals/json-format), read anew for each part: it may be large. */
final class PlanReader {

    private final Source source;

    PlanReader(Source source) {
        this.source = source;
    }

    /** The document from its beginning. */
    @FunctionalInterface
    interface Source {
        InputStream open() throws IOException;
    }

    /** Takes a member whose value the parser has just come to, and reads to its end; or says that it does not want it. */
    @FunctionalInterface
    interface Member {
        boolean take(String name, JsonParser parser, Event value);
    }

    /** Each member of the plan. */
    void members(Member member) throws IOException {
        try (InputStream in = source.open();
                JsonParser parser = JsonTrees.JSON.createParser(in)) {
            JsonEvents.expect(parser.next(), Event.START_OBJECT);
            members(parser, member);
        }
    }

    /** Each member of the object that has begun. */
    static void members(JsonParser parser, Member member) {
        while (parser.next() == Event.KEY_NAME) {
            String name = parser.getString();
            Event value = parser.next();
            if (!member.take(name, parser, value)) {
                JsonEvents.skip(parser, value);
            }
        }
    }

    static String text(JsonObject object, String name) {
        return object.get(name) instanceof JsonString text ? text.getString() : "";
    }

    static JsonValue member(JsonObject object, String name, JsonValue otherwise) {
        return object.getOrDefault(name, otherwise);
    }

    /** The part of an absolute address in front of the resource, such as {@code module.a["x.y"].module.b}; may be empty. */
    static String moduleOf(String address) {
        int end = 0;
        while (address.startsWith("module.", end)) {
            int dot = nextDot(address, end + "module.".length());
            if (dot < 0) {
                return "";
            }
            end = dot + 1;
        }
        return end == 0 ? "" : address.substring(0, end - 1);
    }

    /** Dots within an index are part of a key. */
    private static int nextDot(String address, int from) {
        boolean quoted = false;
        for (int i = from; i < address.length(); i++) {
            char c = address.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '.' && !quoted) {
                return i;
            }
        }
        return -1;
    }

    /** An address within a module; both may be empty. */
    static String within(String module, String address) {
        return module.isEmpty() ? address : module + "." + address;
    }
}
