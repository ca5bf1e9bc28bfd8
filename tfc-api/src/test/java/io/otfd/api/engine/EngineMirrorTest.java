package io.otfd.api.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.otfd.agent.protocol.Architecture;
import io.otfd.agent.protocol.Product;
import io.otfd.workspace.Engine;
import io.otfd.workspace.TerraformVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a place where engines are published, which is a server of our own. */
class EngineMirrorTest {

    private static final String ARCHIVE = "/terraform/1.9.8/terraform_1.9.8_linux_arm64.zip";
    private static final String SUMS = "/terraform/1.9.8/terraform_1.9.8_SHA256SUMS";
    private static final byte[] ZIP = "a zip".getBytes(StandardCharsets.UTF_8);
    private static final Release RELEASE = new Release(Product.TERRAFORM, "1.9.8", "linux_arm64");

    @TempDir
    Path directory;

    private final Map<String, byte[]> published = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch gate = new CountDownLatch(1);
    private HttpServer upstream;

    @BeforeEach
    void publish() throws Exception {
        upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        upstream.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        upstream.createContext("/", this::answer);
        upstream.start();
        published.put(ARCHIVE, ZIP);
        published.put(SUMS, sums(ZIP));
    }

    @AfterEach
    void stop() {
        gate.countDown();
        upstream.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            requests.add(path);
            if (path.endsWith(".zip")) {
                gate.await();
            }
            byte[] body = published.get(path);
            exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
            if (body != null) {
                exchange.getResponseBody().write(body);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] sums(byte[] zip) throws Exception {
        return (HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(zip))
                        + "  terraform_1.9.8_linux_arm64.zip\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private EngineMirror mirror(List<InstalledEngine> installed, Optional<Path> own) {
        URI address = URI.create("http://127.0.0.1:" + upstream.getAddress().getPort() + "/");
        return EngineMirror.of(
                installed, own, Map.of(Product.TERRAFORM, address, Product.TOFU, address), directory.resolve("kept"));
    }

    private EngineMirror mirror() {
        return mirror(List.of(), Optional.empty());
    }

    @Test
    void manyAskersCauseOneDownload() throws Exception {
        EngineMirror mirror = mirror();
        List<Future<Optional<EngineArchive>>> askers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                askers.add(threads.submit(() -> mirror.archive(RELEASE)));
            }
            gate.countDown();
            for (Future<Optional<EngineArchive>> asker : askers) {
                assertThat(Files.readAllBytes(asker.get().orElseThrow().file()), equalTo(ZIP));
            }
        }

        assertThat(requests, contains(SUMS, ARCHIVE));
        assertThat(mirror.checksum(RELEASE).isPresent(), is(true));
    }

    @Test
    void whatWasFetchedIsThereForTheNextServerOnTheDirectory() throws Exception {
        gate.countDown();
        mirror().archive(RELEASE).orElseThrow();
        upstream.stop(0);

        EngineMirror next = mirror();

        assertThat(Files.readAllBytes(next.archive(RELEASE).orElseThrow().file()), equalTo(ZIP));
        assertThat(next.available(Engine.TERRAFORM), contains("1.9.8"));
    }

    @Test
    void theChecksumIsKnownBeforeTheArchiveIsHere() throws Exception {
        assertThat(
                mirror().order(RELEASE),
                is(Optional.of(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(ZIP)))));
    }

    @Test
    void anArchiveOfAnotherChecksumIsNeitherGivenNorKept() throws Exception {
        gate.countDown();
        published.put(SUMS, sums("another".getBytes(StandardCharsets.UTF_8)));

        assertThat(mirror().archive(RELEASE), is(Optional.empty()));
        assertThat(mirror().available(Engine.TERRAFORM), contains("1.11.4"));
    }

    /** Until a minute has passed. */
    @Test
    void aPlaceThatDoesNotHaveItIsNotAskedAgain() {
        published.clear();
        EngineMirror mirror = mirror();

        for (int i = 0; i < 3; i++) {
            assertThat(mirror.order(RELEASE), is(Optional.empty()));
            assertThat(mirror.archive(RELEASE), is(Optional.empty()));
        }

        assertThat(requests, contains(SUMS));
    }

    @Test
    void theOperatorsDirectoryComesFirst() throws Exception {
        Path own = Files.createDirectories(directory.resolve("own"));
        Path archive = Files.writeString(own.resolve(RELEASE.archive()), "the operator's");
        Files.writeString(own.resolve("terraform_1.9.8_linux_amd64.zip.sig"), "");
        EngineMirror mirror = mirror(List.of(), Optional.of(own));

        assertThat(mirror.archive(RELEASE).orElseThrow().file(), is(archive));
        assertThat(mirror.available(Engine.TERRAFORM), contains("1.9.8"));
        assertThat(requests, is(List.of()));

        Files.writeString(archive, "replaced meanwhile");
        assertThat(mirror.archive(RELEASE).orElseThrow().size(), is(18L));
    }

    @Test
    void anInstalledEngineIsPackedAsPublishedOnesAre() throws Exception {
        Path program = Files.writeString(directory.resolve("terraform"), "#!/bin/sh\n");
        InstalledEngine installed = new InstalledEngine(Product.TERRAFORM, program, "1.11.4");
        EngineMirror mirror = mirror(List.of(installed), Optional.empty());

        EngineArchive archive = mirror.archive(new Release(Product.TERRAFORM, "1.11.4", Architecture.platform()))
                .orElseThrow();

        try (FileSystem zip = FileSystems.newFileSystem(archive.file(), Map.of("enablePosixFileAttributes", true))) {
            Path packed = zip.getPath("/terraform");
            assertThat(Files.readString(packed), is("#!/bin/sh\n"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(packed)), is("rwxr-xr-x"));
        }
        assertThat(mirror.archive(new Release(Product.TERRAFORM, "1.11.4", "plan9_386")), is(Optional.empty()));
    }

    @Test
    void constraintsAreMetByWhatIsPublished() {
        published.put("/terraform/index.json", """
                {"name": "terraform", "versions": {"1.9.8": {"name": "terraform", "builds": [{"versions": {"0.1.0": 1}}]},
                 "1.9.10": {}, "1.10.0-rc1": {}}, "other": {"9.9.9": {}}}
                """.getBytes(StandardCharsets.UTF_8));
        EngineMirror mirror = mirror();
        assertThat(
                TerraformVersion.resolve("~> 1.9.0", Optional.empty(), mirror.available(Engine.TERRAFORM)),
                is("~> 1.9.0"));

        for (int i = 0; i < 3; i++) {
            mirror.learn(Engine.TERRAFORM, "~> 1.9.0");
        }

        assertThat(mirror.available(Engine.TERRAFORM), contains("1.9.8", "1.9.10", "1.10.0-rc1"));
        assertThat(
                TerraformVersion.resolve("~> 1.9.0", Optional.empty(), mirror.available(Engine.TERRAFORM)),
                is("1.9.10"));
        assertThat(requests, contains("/terraform/index.json"));
    }

    @Test
    void nothingIsAskedForWhatIsHere() {
        InstalledEngine installed = new InstalledEngine(Product.TERRAFORM, directory.resolve("terraform"), "1.11.4");
        EngineMirror mirror = mirror(List.of(installed), Optional.empty());

        List.of("latest", "~> 1.11", "1.2.3").forEach(wanted -> mirror.learn(Engine.TERRAFORM, wanted));

        assertThat(requests, is(List.of()));
    }
}
