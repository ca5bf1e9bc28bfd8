package io.otfd.api;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a handler answers.
 *
 * @param body the bytes, where they are few
 * @param stream writes the body, where there are many of them
 * @param length of the stream, or negative
 */
public record Answer(
        int status, String mediaType, byte[] body, Optional<Stream> stream, long length, Map<String, String> headers) {

    /** Writes a body. */
    @FunctionalInterface
    public interface Stream {
        void write(OutputStream out) throws IOException;
    }

    public static Answer of(int status, String mediaType, byte[] body) {
        return new Answer(status, mediaType, body, Optional.empty(), body.length, Map.of());
    }

    /** 200 with JSON that is no JSON:API document. */
    public static Answer json(Object value) {
        return json(200, value);
    }

    /** JSON that is no JSON:API document. */
    public static Answer json(int status, Object value) {
        return of(status, "application/json", new Json().value(value).bytes());
    }

    /** 200 with bytes that come one after the other. */
    public static Answer stream(String mediaType, long length, Stream stream) {
        return new Answer(200, mediaType, new byte[0], Optional.of(stream), length, Map.of());
    }

    /** A status alone. */
    public static Answer empty(int status) {
        return of(status, "", new byte[0]);
    }

    /** 204. */
    public static Answer noContent() {
        return empty(204);
    }

    public Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, mediaType, body, stream, length, more);
    }
}
