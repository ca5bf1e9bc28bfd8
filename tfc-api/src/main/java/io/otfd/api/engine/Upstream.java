package io.otfd.api.engine;

import io.otfd.agent.EnvironmentProxies;
import io.otfd.agent.protocol.Product;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** Where engines are published, or a mirror of it. What is fetched is verified by the published checksum, and kept. */
final class Upstream implements EngineSource {

    private static final long MAX_ARCHIVE = 1L << 30;
    private static final Duration REMEMBERED = Duration.ofHours(1);

    /** So long nobody waits again for a place that did not answer. */
    private static final Duration SHUNNED = Duration.ofMinutes(1);

    private final Map<Product, String> mirrors = new EnumMap<>(Product.class);
    private final Path kept;
    private final OkHttpClient http = client();
    private final Map<String, Remembered<?>> answers = new ConcurrentHashMap<>();

    private record Remembered<T>(Optional<T> answer, long until) {}

    /** @param kept where archives stay */
    Upstream(Map<Product, URI> mirrors, Path kept) {
        mirrors.forEach(
                (product, mirror) -> this.mirrors.put(product, mirror.toString().replaceAll("/+$", "")));
        this.kept = kept;
    }

    private static OkHttpClient client() {
        EnvironmentProxies proxies = new EnvironmentProxies(System.getenv());
        return new OkHttpClient.Builder()
                .connectTimeout(Duration.ofSeconds(5))
                .readTimeout(Duration.ofSeconds(10))
                .proxySelector(proxies)
                .proxyAuthenticator(proxies)
                .build();
    }

    /** Those that {@link #learn} has found; what is kept here is known to {@link ArchiveDirectory}. */
    @Override
    public Collection<String> versions(Product product) {
        Remembered<?> index = answers.get(index(product));
        return index == null || index.answer().isEmpty()
                ? List.of()
                : ((Index) index.answer().get()).versions();
    }

    private record Index(List<String> versions) {}

    /** Reads which versions there are. OpenTofu's releases have no index. */
    void learn(Product product) {
        if (product == Product.TERRAFORM) {
            remembered(index(product), () -> get(index(product), Upstream::versions));
        }
    }

    private String index(Product product) {
        return mirrors.get(product) + "/" + product.program() + "/index.json";
    }

    /** Names of the members of {@code versions}: the document is too large to be read whole. */
    private static Index versions(InputStream document) {
        List<String> versions = new ArrayList<>();
        try (JsonParser parser = Json.createParser(document)) {
            boolean inside = false;
            for (int depth = 0; parser.hasNext(); ) {
                switch (parser.next()) {
                    case START_OBJECT, START_ARRAY -> depth++;
                    case END_OBJECT, END_ARRAY -> depth--;
                    case KEY_NAME -> {
                        inside = depth == 1 ? parser.getString().equals("versions") : inside;
                        if (inside && depth == 2) {
                            versions.add(parser.getString());
                        }
                    }
                    default -> {}
                }
            }
        }
        return new Index(versions);
    }

    @Override
    public Optional<String> checksum(Release release) {
        String sums = folder(release) + release.product().checksums(release.version());
        return remembered(sums, () -> get(sums, Upstream::lines))
                .flatMap(lines -> lines.stream()
                        .map(line -> line.strip().split("\\s+\\*?"))
                        .filter(words -> words.length == 2 && words[1].equals(release.archive()))
                        .map(words -> words[0])
                        .findFirst());
    }

    private static List<String> lines(InputStream in) throws IOException {
        return new String(in.readNBytes(1 << 20), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    private String folder(Release release) {
        return release.product().folder(mirrors.get(release.product()), release.version());
    }

    @Override
    public Optional<EngineArchive> archive(Release release) throws IOException {
        Optional<String> checksum = checksum(release);
        if (checksum.isEmpty()) {
            return Optional.empty();
        }
        Files.createDirectories(kept);
        Path draft = Files.createTempFile(kept, "fetching", ".tmp");
        try {
            String url = folder(release) + release.archive();
            if (get(url, in -> fetch(in, draft)).isEmpty()) {
                return Optional.empty();
            }
            String actual = EngineArchive.of(draft).sha256();
            if (!actual.equalsIgnoreCase(checksum.get())) {
                throw new IOException(url + " does not have the published checksum");
            }
            Path archive = kept.resolve(release.archive());
            Files.move(draft, archive, StandardCopyOption.ATOMIC_MOVE);
            return Optional.of(EngineArchive.of(archive));
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static long fetch(InputStream in, Path target) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long total = 0;
        try (OutputStream out = Files.newOutputStream(target)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                total += read;
                if (total > MAX_ARCHIVE) {
                    throw new IOException("the archive is too large");
                }
                out.write(buffer, 0, read);
            }
        }
        return total;
    }

    private interface Reading<T> {
        T read(InputStream in) throws IOException;
    }

    private interface Asking<T> {
        Optional<T> ask() throws IOException;
    }

    /** Empty when there is no such thing. */
    private <T> Optional<T> get(String url, Reading<T> reading) throws IOException {
        try (Response response =
                        http.newCall(new Request.Builder().url(url).build()).execute();
                ResponseBody body = response.body()) {
            if (response.code() == 404 || response.code() == 403) {
                return Optional.empty();
            }
            if (!response.isSuccessful()) {
                throw new IOException(url + " answered " + response.code());
            }
            return Optional.of(reading.read(body.byteStream()));
        } catch (JsonException e) {
            throw new IOException(url + " is not what it should be", e);
        }
    }

    /** One asks, the others wait for its answer. */
    @SuppressWarnings("unchecked")
    private <T> Optional<T> remembered(String what, Asking<T> asking) {
        return (Optional<T>) answers.compute(
                        what,
                        (key, known) -> known != null && known.until() - System.nanoTime() > 0 ? known : asked(asking))
                .answer();
    }

    private static <T> Remembered<T> asked(Asking<T> asking) {
        try {
            Optional<T> answer = asking.ask();
            return remembered(answer, answer.isPresent() ? REMEMBERED : SHUNNED);
        } catch (IOException e) {
            return remembered(Optional.empty(), SHUNNED);
        }
    }

    private static <T> Remembered<T> remembered(Optional<T> answer, Duration time) {
        return new Remembered<>(answer, System.nanoTime() + time.toNanos());
    }
}
