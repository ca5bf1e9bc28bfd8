package io.otfd.api.engine;

import io.otfd.agent.protocol.Product;
import io.otfd.workspace.Engine;
import io.otfd.workspace.Engines;
import io.otfd.workspace.TerraformVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Engines that this server gives to agents. Thread-safe; whoever asks for what is being fetched waits for it. */
public final class EngineMirror implements Engines {

    private static final Logger LOG = LoggerFactory.getLogger(EngineMirror.class);

    /** For a server that knows of none, whose agents look for themselves. */
    private static final Map<Engine, String> WITHOUT = Map.of(Engine.TERRAFORM, "1.11.4", Engine.TOFU, "1.12.6");

    /** So long nobody tries again what has failed. */
    private static final Duration SHUNNED = Duration.ofMinutes(1);

    private final List<InstalledEngine> installed;
    private final Optional<Upstream> upstream;
    private final List<EngineSource> sources;
    private final Map<Release, Shelf> shelves = new ConcurrentHashMap<>();

    /** Place of one release. */
    private static final class Shelf {
        private final ReentrantLock lock = new ReentrantLock();
        private volatile EngineArchive archive;
        private volatile long failedUntil = System.nanoTime();

        Optional<EngineArchive> current() {
            return Optional.ofNullable(archive).filter(EngineArchive::isCurrent);
        }
    }

    private EngineMirror(List<InstalledEngine> installed, Optional<Upstream> upstream, Stream<EngineSource> sources) {
        this.installed = List.copyOf(installed);
        this.upstream = upstream;
        this.sources = Stream.concat(sources, upstream.stream()).toList();
    }

    /**
     * Looks in this order: the operator's directory, the PATH, what was fetched before, upstream.
     *
     * @param installed what is on the PATH
     * @param directory of archives, the operator's
     * @param upstream where each product is published
     * @param kept directory of our own
     */
    public static EngineMirror of(
            List<InstalledEngine> installed, Optional<Path> directory, Map<Product, URI> upstream, Path kept) {
        return new EngineMirror(
                installed,
                Optional.of(new Upstream(upstream, kept)),
                Stream.concat(
                        directory.map(ArchiveDirectory::new).stream(),
                        Stream.of(
                                new InstalledEngines(installed, kept.resolve("installed")),
                                new ArchiveDirectory(kept))));
    }

    /** Of a server that has nothing and gets nothing. */
    public static EngineMirror empty() {
        return new EngineMirror(List.of(), Optional.empty(), Stream.of());
    }

    @Override
    public Optional<String> installed(Engine engine) {
        return installed.stream()
                .filter(known -> known.product() == product(engine))
                .map(InstalledEngine::version)
                .findFirst();
    }

    @Override
    public Collection<String> available(Engine engine) {
        Set<String> known = known(engine);
        return known.isEmpty() ? Set.of(WITHOUT.get(engine)) : known;
    }

    /** What {@code latest} is here. */
    public String newest(Engine engine) {
        return TerraformVersion.resolve(TerraformVersion.LATEST, installed(engine), available(engine));
    }

    private Set<String> known(Engine engine) {
        Set<String> known = new LinkedHashSet<>();
        sources.forEach(source -> known.addAll(source.versions(product(engine))));
        return known;
    }

    @Override
    public void learn(Engine engine, String wanted) {
        boolean met = TerraformVersion.isExact(TerraformVersion.resolve(wanted, installed(engine), known(engine)));
        if (!met) {
            upstream.ifPresent(source -> source.learn(product(engine)));
        }
    }

    /** SHA-256 of the archive, where it is at hand. */
    public Optional<String> checksum(Release release) {
        return Optional.ofNullable(shelves.get(release)).flatMap(Shelf::current).map(EngineArchive::sha256);
    }

    /** Begins to fetch what somebody will ask for; gives its SHA-256, within seconds. */
    public Optional<String> order(Release release) {
        Optional<String> checksum =
                checksum(release).or(() -> locked(release, shelf -> ask(shelf, source -> source.checksum(release))));
        if (checksum.isPresent()) {
            Thread.ofVirtual().name("engine " + release.archive()).start(() -> archive(release));
        }
        return checksum;
    }

    /** The archive, from wherever it can be had. Waits for it. */
    Optional<EngineArchive> archive(Release release) {
        return locked(release, shelf -> {
            Optional<EngineArchive> archive = shelf.current().or(() -> ask(shelf, source -> source.archive(release)));
            shelf.archive = archive.orElse(null);
            return archive;
        });
    }

    private <T> T locked(Release release, Function<Shelf, T> work) {
        Shelf shelf = shelves.computeIfAbsent(release, key -> new Shelf());
        shelf.lock.lock();
        try {
            return work.apply(shelf);
        } finally {
            shelf.lock.unlock();
        }
    }

    private interface Question<T> {
        Optional<T> ask(EngineSource source) throws IOException;
    }

    private <T> Optional<T> ask(Shelf shelf, Question<T> question) {
        if (shelf.failedUntil - System.nanoTime() > 0) {
            return Optional.empty();
        }
        for (EngineSource source : sources) {
            try {
                Optional<T> answer = question.ask(source);
                if (answer.isPresent()) {
                    return answer;
                }
            } catch (IOException | UncheckedIOException e) {
                LOG.warn("an engine could not be had: {}", e.toString());
            }
        }
        shelf.failedUntil = System.nanoTime() + SHUNNED.toNanos();
        return Optional.empty();
    }

    private static Product product(Engine engine) {
        return Product.of(engine.toString()).orElseThrow();
    }
}
