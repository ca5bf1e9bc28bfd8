package io.otfd.agent.job;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Schemas of providers, kept by engine version and by what the lock file says of the provider: asking the engine for
 * them costs a whole start. A provider that is not locked is never kept.
 */
final class ProviderSchemas {

    private static final String BUILT_IN = "terraform.io/builtin/terraform";
    private static final Pattern LOCKED = Pattern.compile("(?s)provider\\s+\"([^\"]+)\"\\s*\\{(.*?)\\n\\}");

    private final Path cache;

    ProviderSchemas(Path cache) {
        this.cache = cache;
    }

    /**
     * Files of the cache by provider address, whether they exist or not.
     *
     * @param lockFile {@code .terraform.lock.hcl}; absent when the configuration uses built-in providers only
     */
    Map<String, Path> places(String engineVersion, Path lockFile) throws IOException {
        Map<String, Path> places = new HashMap<>();
        places.put(BUILT_IN, place(engineVersion, BUILT_IN, ""));
        if (Files.isRegularFile(lockFile)) {
            Matcher provider = LOCKED.matcher(Files.readString(lockFile));
            while (provider.find()) {
                places.put(provider.group(1), place(engineVersion, provider.group(1), provider.group(2)));
            }
        }
        return places;
    }

    private Path place(String engineVersion, String address, String locked) {
        return cache.resolve(digest(engineVersion + "\n" + address + "\n" + locked) + ".json");
    }

    /** True when the document for these providers can be written without the engine. */
    static boolean complete(Map<String, Path> places, Set<String> providers) {
        return providers.stream()
                .allMatch(provider -> places.containsKey(provider) && Files.exists(places.get(provider)));
    }

    /** Writes {@code {"format_version", "provider_schemas"}} with the providers given. */
    static void compose(Map<String, Path> places, Set<String> providers, Path document) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(document))) {
            out.write("{\"format_version\":\"1.0\",\"provider_schemas\":{".getBytes(StandardCharsets.UTF_8));
            String separator = "";
            for (String provider : new TreeSet<>(providers)) {
                out.write((separator + "\"" + provider + "\":").getBytes(StandardCharsets.UTF_8));
                Files.copy(places.get(provider), out);
                separator = ",";
            }
            out.write("}}".getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Takes what {@code terraform providers schema -json} printed apart, and keeps the providers that have a place. */
    void keep(Path document, Map<String, Path> places) throws IOException {
        Files.createDirectories(cache);
        Map<Path, Path> drafts = new HashMap<>();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(document), 1 << 16)) {
            Slices slices = new Slices(in, places, cache, drafts);
            slices.read();
        }
        for (Map.Entry<Path, Path> draft : drafts.entrySet()) {
            Files.move(
                    draft.getKey(),
                    draft.getValue(),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Copies the values under {@code provider_schemas}, byte by byte: such documents reach tens of megabytes. */
    private static final class Slices {

        private final InputStream in;
        private final Map<String, Path> places;
        private final Path cache;
        private final Map<Path, Path> drafts;
        private final List<String> keys = new ArrayList<>();

        Slices(InputStream in, Map<String, Path> places, Path cache, Map<Path, Path> drafts) {
            this.in = in;
            this.places = places;
            this.cache = cache;
            this.drafts = drafts;
        }

        void read() throws IOException {
            StringBuilder text = new StringBuilder();
            int depth = 0;
            for (int c = in.read(); c >= 0; c = in.read()) {
                if (c == '"') {
                    text.setLength(0);
                    string(text);
                } else if (c == ':') {
                    while (keys.size() >= depth) {
                        keys.removeLast();
                    }
                    keys.add(text.toString());
                } else if (c == '{' || c == '[') {
                    Optional<Path> place =
                            depth == 2 && keys.size() == 2 && keys.getFirst().equals("provider_schemas")
                                    ? Optional.ofNullable(places.get(keys.getLast()))
                                    : Optional.empty();
                    if (place.isPresent()) {
                        Path draft = Files.createTempFile(cache, "schema", ".tmp");
                        copy(draft);
                        drafts.put(draft, place.get());
                    } else {
                        depth++;
                    }
                } else if (c == '}' || c == ']') {
                    depth--;
                }
            }
        }

        /** The opening brace has been read. */
        private void copy(Path draft) throws IOException {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(draft), 1 << 16)) {
                out.write('{');
                int depth = 1;
                boolean inString = false;
                while (depth > 0) {
                    int c = next();
                    out.write(c);
                    if (c == '\\') {
                        out.write(next());
                    } else if (c == '"') {
                        inString = !inString;
                    } else if (!inString) {
                        depth += c == '{' ? 1 : c == '}' ? -1 : 0;
                    }
                }
            }
        }

        private void string(StringBuilder text) throws IOException {
            for (int c = next(); c != '"'; c = next()) {
                text.append((char) c);
                if (c == '\\') {
                    text.append((char) next());
                }
            }
        }

        private int next() throws IOException {
            int c = in.read();
            if (c < 0) {
                throw new IOException("the document of provider schemas ends too early");
            }
            return c;
        }
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
