package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Logs larger than the server's memory, from agents to readers. */
@ExtendWith(OtfdExtension.class)
class LargeLogTest {

    private static final byte[] ARCHIVE =
            new TarGz().file("main.tf", new byte[] {'#', '\n'}).bytes();

    /** Less than a log has. */
    private static final Map<String, String> SMALL_HEAP =
            Map.of("OTFD_JAVA_OPTS", "-XX:+UseSerialGC -Xms96m -Xmx96m", "OTFD_AOT", "off");

    private static final int SIZE = 200 << 20;
    private static final int PIECE = 1 << 20;

    /** Such agents send the whole log once more at the end, in one request. */
    @Test
    void aForeignAgentsWholeLogOf200MegabytesIsTaken(Sandbox sandbox) throws IOException, InterruptedException {
        RunningOtfd otfd = sandbox.otfd(SMALL_HEAP, "--http", "--concurrency", "0");
        Given given = new Given(otfd.api());
        Organization organization = given.organizationWithPool();
        ForeignAgent agent = new ForeignAgent(
                        given.api(), given.poolToken(organization.pool().orElseThrow()))
                .register("talkative");
        Workspace workspace = given.workspace(organization);
        String run = given.run(workspace, given.configuration(workspace, ARCHIVE));
        ForeignAgent.Job job = agent.awaitJob();
        agent.report(job, "running", Map.of()).then().statusCode(200);

        try (HttpClient client = otfd.server().client()) {
            HttpRequest whole = HttpRequest.newBuilder(URI.create(job.data("terraform_log_url")))
                    .PUT(HttpRequest.BodyPublishers.ofInputStream(LargeLogTest::log))
                    .build();
            assertThat(client.send(whole, HttpResponse.BodyHandlers.ofString()).statusCode(), equalTo(200));
        }
        agent.report(job, "errored", Map.of()).then().statusCode(200);

        Read read = read(given, run);
        assertThat(read.size, equalTo(SIZE + 2L));
        assertThat(read.lines, equalTo(lines(SIZE)));
        assertThat(otfd.process().output().contains("OutOfMemoryError"), equalTo(false));
    }

    @Test
    void anEngineThatPrints200MegabytesIsReadToTheEnd(Sandbox sandbox) throws IOException {
        Terraform.required();
        RunningOtfd otfd = sandbox.otfd(SMALL_HEAP, "--http", "--concurrency", "0");
        Given given = new Given(otfd.api());
        Organization organization = given.organizationWithPool();
        Path engine = sandbox.program("bin/terraform", """
                #!/bin/sh
                if [ "$1" = plan ]; then
                    yes %s | head -c %d
                fi
                exec %s "$@"
                """.formatted(
                        "x".repeat(99), SIZE, Terraform.executable().orElseThrow()));
        sandbox.agent(otfd.server(), given.poolToken(organization.pool().orElseThrow()), Programs.first(engine));

        String run = given.run(given.workspace(organization), Map.of("plan-only", true), "# nothing");
        Eventually.holds("the run being over", Duration.ofMinutes(8), () -> Given.FINAL.contains(given.status(run)));
        assertThat(given.status(run), equalTo("planned_and_finished"));

        Read read = read(given, run);
        assertThat(read.size, greaterThan((long) SIZE));
        assertThat(read.lines, equalTo(lines(SIZE)));
        assertThat(otfd.process().output().contains("OutOfMemoryError"), equalTo(false));
    }

    /** Lines of 99 x, between markers. */
    private static InputStream log() {
        return new SequenceInputStream(new SequenceInputStream(one(2), new Lines()), one(3));
    }

    private static InputStream one(int marker) {
        return new ByteArrayInputStream(new byte[] {(byte) marker});
    }

    private static long lines(long size) {
        return size / 100;
    }

    private static final class Lines extends InputStream {

        private int at;

        @Override
        public int read() {
            return at == SIZE ? -1 : ++at % 100 == 0 ? '\n' : 'x';
        }
    }

    /** @param lines those of 99 x */
    private record Read(long size, long lines) {}

    /** As clients read: piece by piece, up to the end marker. */
    private static Read read(Given given, String run) {
        String plan = given.api().get("/runs/{id}", run).path("data.relationships.plan.data.id");
        String url = given.api().attribute("log-read-url", "/plans/{id}", plan);
        long size = 0;
        long lines = 0;
        int inLine = 0;
        while (true) {
            byte[] piece = given.api()
                    .anonymous()
                    .urlEncodingEnabled(false)
                    .get(url + "?limit=" + PIECE + "&offset=" + size)
                    .asByteArray();
            for (byte b : piece) {
                if (b == 'x') {
                    inLine++;
                } else {
                    lines += b == '\n' && inLine == 99 ? 1 : 0;
                    inLine = 0;
                }
            }
            size += piece.length;
            if (piece.length > 0 && piece[piece.length - 1] == 3) {
                return new Read(size, lines);
            }
            assertThat("it goes on at " + size, piece.length, greaterThan(0));
        }
    }
}
