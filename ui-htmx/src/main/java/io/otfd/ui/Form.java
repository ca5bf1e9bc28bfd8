package io.otfd.ui;

import io.otfd.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Fields of a query or of a form's body. Of a repeated one, the first counts. */
public record Form(Map<String, String> fields) {

    /** Our longest form has a token and a path in it. */
    static final int MAX_BYTES = 64 * 1024;

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
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : encoded.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            fields.putIfAbsent(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
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

    /** Without blanks at its ends; empty when nothing else is there. */
    public Optional<String> first(String name) {
        return Optional.ofNullable(fields.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }
}
