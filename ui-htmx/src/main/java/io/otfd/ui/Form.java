package io.otfd.ui;

import io.otfd.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fields of a query or of a form's body. A field may stand there several times. */
public record Form(Map<String, List<String>> fields) {

    /** Our longest form is a variable with a value of 256 KiB, each byte of which may take three. */
    static final int MAX_BYTES = 1024 * 1024;

    public static final Form EMPTY = new Form(Map.of());

    public Form {
        fields = Map.copyOf(fields);
    }

    static Form read(InputStream body) {
        try (body) {
            byte[] bytes = body.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new Refusal.TooLarge("The form is larger than " + MAX_BYTES + " bytes.");
            }
            return parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param encoded application/x-www-form-urlencoded, UTF-8 */
    static Form parse(String encoded) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (String pair : encoded.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            fields.computeIfAbsent(decode(name), key -> new ArrayList<>())
                    .add(equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
        return new Form(fields);
    }

    private static String decode(String text) {
        String decoded;
        try {
            decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Refusal.Malformed("The address holds a broken escape.");
        }
        if (decoded.indexOf('\0') >= 0) {
            throw new Refusal.Malformed("The address holds a zero byte.");
        }
        return decoded;
    }

    /** The first value without blanks at its ends; empty when nothing else is there. */
    public Optional<String> first(String name) {
        return Optional.of(exact(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** The first value as it was typed; empty text when there is none. Browsers send CRLF between lines. */
    public String exact(String name) {
        return fields.getOrDefault(name, List.of("")).getFirst().replace("\r\n", "\n");
    }

    /** Every value that is not blank. */
    public List<String> all(String name) {
        return fields.getOrDefault(name, List.of()).stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .distinct()
                .toList();
    }

    /** Whether a box is ticked. */
    public boolean has(String name) {
        return fields.containsKey(name);
    }
}
