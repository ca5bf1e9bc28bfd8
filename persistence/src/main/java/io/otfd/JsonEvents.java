package io.otfd;

import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;

/** Documents of any size, read event by event. */
public final class JsonEvents {

    private JsonEvents() {}

    /** @throws IllegalStateException as parsers do for what they do not expect */
    public static void expect(Event event, Event wanted) {
        if (event != wanted) {
            throw new IllegalStateException(event + " is not " + wanted);
        }
    }

    /** Goes to the end of the value that has begun. */
    public static void skip(JsonParser parser, Event value) {
        switch (value) {
            case START_OBJECT -> parser.skipObject();
            case START_ARRAY -> parser.skipArray();
            case KEY_NAME, VALUE_STRING, VALUE_NUMBER, VALUE_TRUE, VALUE_FALSE, VALUE_NULL, END_OBJECT, END_ARRAY -> {}
        }
    }
}
