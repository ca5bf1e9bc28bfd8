package io.otfd.agent.job;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import io.otfd.agent.Archives;
import io.otfd.agent.protocol.Architecture;
import io.otfd.agent.protocol.JobReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenTofu, from the PATH, from a directory of the operator, from a mirror. */
class EngineInstallTest extends JobBench {

    private static final String SERVED = "/blob/served/tofu.zip";
    private static final String RELEASE = "/blob/mirror/v1.11.4/tofu_1.11.4_";

    @BeforeEach
    void mirror() throws Exception {
        URI mirror = server.address().resolve("/blob/mirror/");
        workshop = workshop(bench.config(server).withTofuMirror(mirror).withEngineDir(directory.resolve("engines")));
        server.engine = "tofu";
    }

    @Test
    void tofuOfThePathIsUsed() throws Exception {
        Files.copy(directory.resolve("bin/terraform"), directory.resolve("bin/tofu"));
        Files.delete(directory.resolve("bin/terraform"));

        assertFinished(run(plan(Archives.configuration())));

        assertThat(server.log(RUN), startsWith("OpenTofu v1.11.4\non "));
    }

    @Test
    void tofuOfTheOperatorsDirectoryIsUsed() throws Exception {
        Path place =
                Files.createDirectories(directory.resolve("engines/1.11.4")).resolve("tofu");
        Files.copy(directory.resolve("bin/terraform"), place);

        assertFinished(run(plan(Archives.configuration())));
    }

    @Test
    void anEngineThatIsStillBeingWrittenIsWaitedFor() throws Exception {
        Path place =
                Files.createDirectories(directory.resolve("engines/1.11.4")).resolve("tofu");
        Files.copy(directory.resolve("bin/terraform"), place);
        OutputStream writer = Files.newOutputStream(place, StandardOpenOption.APPEND);
        Thread.startVirtualThread(() -> {
            try (writer) {
                Thread.sleep(Duration.ofSeconds(2));
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        assertFinished(run(plan(Archives.configuration())));
    }

    private static void assertFinished(JobReport report) {
        assertThat(report.error(), report.status(), is("finished"));
    }

    @Test
    void tofuOfTheMirrorIsVerifiedAndInstalled() throws Exception {
        byte[] zip = zip("tofu");
        publish(zip, digest(zip));

        assertFails(run(plan(Archives.configuration("plan-fails"))));

        assertThat(Files.isExecutable(directory.resolve("engines/1.11.4/tofu")), is(true));
    }

    @Test
    void tofuOfAnotherChecksumIsNotInstalled() throws Exception {
        publish(zip("tofu"), digest(new byte[0]));

        JobReport report = run(plan(Archives.configuration()));

        assertThat(report.error(), containsString("OpenTofu was not installed"));
        assertThat(Files.exists(directory.resolve("engines/1.11.4/tofu")), is(false));
    }

    @Test
    void anArchiveWithoutTheProgramIsNamed() throws Exception {
        byte[] zip = zip("terraform");
        publish(zip, digest(zip));

        assertThat(run(plan(Archives.configuration())).error(), containsString("does not hold the program \"tofu\""));
    }

    @Test
    void anEngineThatNobodyKnowsIsNamed() throws Exception {
        server.engine = "pulumi";

        assertThat(run(plan(Archives.configuration())).error(), is("This agent does not know the engine \"pulumi\"."));
    }

    /** The server says where the engine is, and in the job or beside the bytes what they must be. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tofuOfTheServerIsPreferredToTheMirror(boolean inTheJob) throws Exception {
        byte[] zip = zip("tofu");
        publish(zip("terraform"), digest(zip("terraform")));
        offerByServer(zip);
        if (inTheJob) {
            server.engineChecksum = digest(zip);
        } else {
            server.digests.put(SERVED, "sha-256=:" + base64(zip) + ":");
        }

        assertFails(run(plan(Archives.configuration("plan-fails"))));

        assertThat(Files.isExecutable(directory.resolve("engines/1.11.4/tofu")), is(true));
    }

    @Test
    void tofuOfTheServerWithoutAChecksumIsNotInstalled() throws Exception {
        offerByServer(zip("tofu"));

        assertThat(run(plan(Archives.configuration())).status(), is("errored"));
        assertThat(Files.exists(directory.resolve("engines/1.11.4/tofu")), is(false));
    }

    @Test
    void whatTheServerDoesNotHaveComesFromTheMirror() throws Exception {
        byte[] zip = zip("tofu");
        publish(zip, digest(zip));
        server.engineUrl = server.address() + SERVED;

        assertFails(run(plan(Archives.configuration("plan-fails"))));
    }

    /** Once it runs, with an exit code that only the engine knows. */
    private static void assertFails(JobReport report) {
        assertThat(report.error(), is("tofu plan failed with exit code 1."));
    }

    private void offerByServer(byte[] zip) {
        server.engineUrl = server.address() + SERVED;
        server.blobs.put(SERVED, zip);
    }

    private static String base64(byte[] bytes) throws Exception {
        return Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private void publish(byte[] zip, String digest) {
        String name = "tofu_1.11.4_" + Architecture.platform() + ".zip";
        server.blobs.put(RELEASE + Architecture.platform() + ".zip", zip);
        server.blobs.put(RELEASE + "SHA256SUMS", (digest + "  " + name + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private byte[] zip(String program) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(program));
            Files.copy(directory.resolve("bin/terraform"), zip);
        }
        return bytes.toByteArray();
    }

    private static String digest(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
