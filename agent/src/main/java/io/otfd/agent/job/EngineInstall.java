package io.otfd.agent.job;

import io.otfd.agent.AgentConfig;
import io.otfd.agent.AgentLog;
import io.otfd.agent.protocol.Architecture;
import io.otfd.agent.protocol.JobData;
import io.otfd.agent.protocol.Product;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import okhttp3.Headers;

/** Finds the engine that a job wants: on the PATH, in the cache, at the server, at the mirror. Thread-safe. */
final class EngineInstall {

    /** An engine that is ready to start. */
    record Engine(Product product, Path executable, String version) {}

    private record Seen(long modified, long size, Optional<String> version) {}

    private static final long MAX_BYTES = 1L << 30;
    private static final Pattern DIGEST = Pattern.compile("sha-256=:([A-Za-z0-9+/]{43}=):");

    private final Path cache;
    private final Path engines;
    private final String path;
    private final Map<Product, String> mirrors = new EnumMap<>(Product.class);
    private final Transfers transfers;
    private final AgentLog log;
    private final Map<Path, Seen> seen = new ConcurrentHashMap<>();
    private final Map<String, ReentrantLock> downloads = new ConcurrentHashMap<>();

    /** @param path value of the PATH variable */
    EngineInstall(AgentConfig config, String path, Transfers transfers, AgentLog log) {
        this.cache = config.cacheDir();
        this.engines = config.engineDir();
        this.path = path;
        mirrors.put(Product.TERRAFORM, config.engineMirror().toString().replaceAll("/+$", ""));
        mirrors.put(Product.TOFU, config.tofuMirror().toString().replaceAll("/+$", ""));
        this.transfers = transfers;
        this.log = log;
    }

    private static final int BUSY_ATTEMPTS = 100;
    private static final Duration BUSY_PAUSE = Duration.ofMillis(50);

    /** @throws JobFailure with a sentence that says where the engine was looked for */
    Engine engine(JobData job, Control control) throws JobFailure, JobStopped, InterruptedException {
        Product product = Product.of(job.engine())
                .orElseThrow(() -> new JobFailure("This agent does not know the engine \"" + job.engine() + "\"."));
        String wanted = job.terraformVersion() == null || job.terraformVersion().isBlank()
                ? ">= 0"
                : job.terraformVersion().strip();
        Optional<Engine> installed = onPath(product, wanted);
        if (installed.isPresent()) {
            return installed.get();
        }
        if (!Versions.isExact(wanted)) {
            throw new JobFailure("This agent has no " + product.title() + " that satisfies \"" + wanted
                    + "\": install one on its PATH, or choose an exact version in the workspace.");
        }
        String version = wanted.startsWith("v") ? wanted.substring(1) : wanted;
        return job.terraformUrl() == null
                ? ofMirror(product, version, control)
                : ofServer(product, version, job, control);
    }

    /** The server may have nowhere to get it from: then we look ourselves. */
    private Engine ofServer(Product product, String version, JobData job, Control control)
            throws JobFailure, JobStopped, InterruptedException {
        try {
            return cached(product, version, job::terraformUrl, Optional.ofNullable(job.terraformChecksum()), control);
        } catch (JobFailure refused) {
            log.step("The server has no such engine", "version", version, "reason", refused.getMessage());
            try {
                return ofMirror(product, version, control);
            } catch (JobFailure e) {
                e.addSuppressed(refused);
                throw e;
            }
        }
    }

    private Engine ofMirror(Product product, String version, Control control)
            throws JobFailure, JobStopped, InterruptedException {
        String folder = product.folder(mirrors.get(product), version);
        String zip = product.archive(version, Architecture.platform());
        Optional<String> checksum = Files.isExecutable(executable(product, version))
                ? Optional.empty()
                : Optional.of(checksum(product, folder + product.checksums(version), zip, control));
        return cached(product, version, () -> folder + zip, checksum, control);
    }

    private Path executable(Product product, String version) {
        return engines.resolve(version).resolve(product.program());
    }

    /** Asks the engine on the PATH for its version, once per file. */
    Optional<Engine> onPath(Product product, String wanted) throws InterruptedException {
        Optional<Path> executable = Arrays.stream(path.split(":"))
                .map(directory -> Path.of(directory, product.program()))
                .filter(Files::isExecutable)
                .findFirst();
        if (executable.isEmpty()) {
            return Optional.empty();
        }
        return version(executable.get())
                .filter(version -> Versions.satisfies(version, wanted))
                .map(version -> new Engine(product, executable.get(), version));
    }

    private Optional<String> version(Path executable) throws InterruptedException {
        try {
            BasicFileAttributes now = Files.readAttributes(executable, BasicFileAttributes.class);
            Seen known = seen.get(executable);
            if (known != null && known.modified() == now.lastModifiedTime().toMillis() && known.size() == now.size()) {
                return known.version();
            }
            Optional<String> version = ask(executable);
            seen.put(executable, new Seen(now.lastModifiedTime().toMillis(), now.size(), version));
            return version;
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Optional<String> ask(Path executable) throws IOException, InterruptedException {
        Files.createDirectories(cache);
        Path answer = Files.createTempFile(cache, "version", ".json");
        try {
            ProcessBuilder builder = new ProcessBuilder(executable.toString(), "version", "-json")
                    .directory(cache.toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(answer.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().clear();
            builder.environment().putAll(Map.of("PATH", path, "HOME", cache.toString(), "CHECKPOINT_DISABLE", "1"));
            Process process = start(builder);
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            try (JsonReader reader = Json.createReader(Files.newInputStream(answer))) {
                return Optional.of(reader.readObject().getString("terraform_version"));
            } catch (RuntimeException e) {
                return Optional.empty();
            }
        } finally {
            Files.deleteIfExists(answer);
        }
    }

    /**
     * A program that was written a moment ago is busy for as long as a child of ours, forked for another job meanwhile, still
     * holds the descriptor it was written with; from then on it never is again.
     */
    private static Process start(ProcessBuilder builder) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return builder.start();
            } catch (IOException e) {
                if (attempt == BUSY_ATTEMPTS || !String.valueOf(e.getMessage()).contains("Text file busy")) {
                    throw e;
                }
                Thread.sleep(BUSY_PAUSE);
            }
        }
    }

    private Engine cached(
            Product product, String version, Supplier<String> url, Optional<String> checksum, Control control)
            throws JobFailure, JobStopped, InterruptedException {
        Path executable = executable(product, version);
        ReentrantLock lock = downloads.computeIfAbsent(version + "/" + product, key -> new ReentrantLock());
        lock.lockInterruptibly();
        try {
            if (!Files.isExecutable(executable)) {
                install(product, executable, version, url, checksum, control);
            }
            return new Engine(product, executable, version(executable).orElse(version));
        } catch (IOException e) {
            throw new JobFailure(product.title() + " could not be installed on the agent: " + e.getMessage() + ".", e);
        } finally {
            lock.unlock();
        }
    }

    private void install(
            Product product,
            Path executable,
            String version,
            Supplier<String> url,
            Optional<String> checksum,
            Control control)
            throws IOException, JobFailure, JobStopped, InterruptedException {
        Path directory = Files.createDirectories(executable.getParent());
        Path zip = Files.createTempFile(directory, "download", ".zip");
        Path draft = Files.createTempFile(directory, product.program(), ".tmp");
        try {
            log.step("Downloading " + product.title() + " release", "version", version);
            Headers answer = transfers.download(
                    url, zip, product.title() + " " + version + ", which is not installed on this agent,", control);
            String announced = checksum.or(() -> digest(answer))
                    .orElseThrow(() -> new JobFailure(
                            product.title() + " was not installed: nobody says which checksum the archive must have."));
            if (!announced.equalsIgnoreCase(sha256(zip))) {
                throw new JobFailure(
                        product.title() + " was not installed: the archive does not have the announced checksum.");
            }
            log.step("Extracting " + product.title() + " from release archive", "version", version);
            extract(product, zip, draft);
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(draft, executable, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(zip);
            Files.deleteIfExists(draft);
        }
    }

    /** SHA-256 in hex, as a server says it of what it sends (RFC 9530). */
    private static Optional<String> digest(Headers answer) {
        return Optional.ofNullable(answer.get("Repr-Digest"))
                .map(DIGEST::matcher)
                .filter(Matcher::find)
                .map(found -> HexFormat.of().formatHex(Base64.getDecoder().decode(found.group(1))));
    }

    /** Only the one entry that is wanted is written, to a place of our choice. */
    private static void extract(Product product, Path zip, Path target) throws IOException, JobFailure {
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip, LinkOption.NOFOLLOW_LINKS))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.getName().equals(product.program())) {
                    copy(product, in, target);
                    return;
                }
            }
        }
        throw new JobFailure(product.title() + " was not installed: the archive does not hold the program \""
                + product.program() + "\".");
    }

    private static void copy(Product product, InputStream in, Path target) throws IOException, JobFailure {
        byte[] buffer = new byte[1 << 16];
        long total = 0;
        try (var out = Files.newOutputStream(target)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                total += read;
                if (total > MAX_BYTES) {
                    throw new JobFailure(
                            product.title() + " was not installed: the program in the archive is too large.");
                }
                out.write(buffer, 0, read);
            }
        }
    }

    private String checksum(Product product, String sumsUrl, String zip, Control control)
            throws JobFailure, JobStopped, InterruptedException {
        try {
            Files.createDirectories(cache);
            Path sums = Files.createTempFile(cache, "sums", ".txt");
            try {
                transfers.download(
                        () -> sumsUrl,
                        sums,
                        product.title() + ", of which this agent has another version or none,",
                        control);
                for (String line : Files.readAllLines(sums)) {
                    String[] words = line.strip().split("\\s+");
                    if (words.length == 2 && words[1].equals(zip)) {
                        return words[0];
                    }
                }
                throw new JobFailure(
                        product.title() + " was not installed: " + sumsUrl + " does not list " + zip + ".");
            } finally {
                Files.deleteIfExists(sums);
            }
        } catch (IOException e) {
            throw new JobFailure(product.title() + " could not be installed on the agent: " + e.getMessage() + ".", e);
        }
    }

    private static String sha256(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(java.io.OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
