package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.restassured.response.Response;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What agents may send twice, late, out of order, in masses, or in another's name. */
@ExtendWith(OtfdExtension.class)
class AgentMisuseTest {

    private static final byte[] ARCHIVE =
            new TarGz().file("main.tf", new byte[] {'#', '\n'}).bytes();

    private static final int PIECE = 1 << 20;
    private static final int PIECES = 50;

    @Test
    void piecesOfLogAreTakenOnceAndInOrder(Given given) {
        Started started = new Started(given);

        held(started.append(0, "one\n"), 4);
        held(started.append(0, "one\n"), 4);
        Response gap = started.append(100, "three\n");
        Refused.with(409, gap);
        assertThat(gap.header("Otf-Log-Offset"), equalTo("4"));
        held(started.append(2, "e\ntwo\n"), 8);
        Refused.with(400, started.agent.appendLogAt(started.job, "nowhere", "x"));

        started.end();
        assertThat(given.log(started.run, "plan"), equalTo("\u0002one\ntwo\n\u0003"));
        held(started.append(4, "two\n"), 8);
        Refused.with(409, started.append(8, "after the end\n"));
        assertThat(given.log(started.run, "plan"), equalTo("\u0002one\ntwo\n\u0003"));
    }

    private static void held(Response response, int bytes) {
        assertThat(response.statusCode(), equalTo(200));
        assertThat(response.header("Otf-Log-Offset"), equalTo(Integer.toString(bytes)));
    }

    @Test
    void fiftyMegabytesOfLogAreKept(Given given) {
        Started started = new Started(given);
        byte[] piece = new byte[PIECE];
        for (int i = 0; i < PIECES; i++) {
            Arrays.fill(piece, (byte) ('a' + i % 26));
            assertThat(
                    started.agent
                            .appendLog(started.job, Optional.of((long) i * PIECE), piece)
                            .statusCode(),
                    equalTo(200));
        }
        started.end();

        String plan = given.api().get("/runs/{id}", started.run).path("data.relationships.plan.data.id");
        String url = given.api().attribute("log-read-url", "/plans/{id}", plan);
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] chunk;
        do {
            chunk = given.api()
                    .anonymous()
                    .urlEncodingEnabled(false)
                    .get(url + "?limit=" + PIECE + "&offset=" + read.size())
                    .asByteArray();
            read.writeBytes(chunk);
        } while (chunk.length > 0);

        byte[] log = read.toByteArray();
        assertThat(log.length, equalTo(PIECES * PIECE + 2));
        for (int i = 0; i < PIECES; i++) {
            assertThat(log[1 + i * PIECE], equalTo((byte) ('a' + i % 26)));
            assertThat(log[(i + 1) * PIECE], equalTo((byte) ('a' + i % 26)));
        }
    }

    @Test
    void anotherPoolsAgentIsNobody(Given given) {
        Started started = new Started(given);
        ForeignAgent pretender = new ForeignAgent(given.api(), given.poolToken(given.pool(started.organization)))
                .inPlaceOf(started.agent);

        Refused.with(404, pretender.status("idle"));
        Refused.with(404, pretender.report(started.job, "finished", Map.of("has_changes", true)));

        assertThat(given.status(started.run), equalTo("planning"));
    }

    @Test
    void anEndTwiceIsOneEnd(Given given) {
        Started started = new Started(given);

        started.end();
        started.end();
        started.agent
                .report(started.job, "finished", Map.of("has_changes", true))
                .then()
                .statusCode(200);

        assertThat(given.status(started.run), equalTo("errored"));
    }

    /** It does one job at a time: asking again says that the answer did not arrive. */
    @Test
    void aForeignAgentThatAsksAgainIsOfferedWhatItWasGiven(Given given) {
        Organization organization = given.organizationWithPool();
        ForeignAgent agent = new ForeignAgent(
                        given.api(), given.poolToken(organization.pool().orElseThrow()))
                .register("deaf");
        Workspace workspace = given.workspace(organization);
        String run = given.run(workspace, given.configuration(workspace, ARCHIVE));
        agent.awaitJob();

        ForeignAgent.Job again = agent.awaitJob();

        assertThat(again.data("run_id"), equalTo(run));
        agent.plan(again, "what the plan left");
        given.await(run, "planned");
    }

    @Test
    void anAgentThatIsDrainedIsGivenNothingMore(Given given) {
        Organization organization = given.organizationWithPool();
        ForeignAgent agent = new ForeignAgent(
                        given.api(), given.poolToken(organization.pool().orElseThrow()))
                .register("leaving");
        Shape.check("agents", drain(given, agent, "drain"));
        Workspace workspace = given.workspace(organization);
        String run = given.run(workspace, given.configuration(workspace, ARCHIVE));

        assertThat(agent.pollAtOnce(), equalTo(Optional.empty()));
        given.api().get("/runs/{id}", run).then().body("data.attributes.'otf-waiting'.reason", equalTo("not-accepted"));
        drain(given, agent, "undrain");

        assertThat(agent.awaitJob().data("run_id"), equalTo(run));
    }

    private static Response drain(Given given, ForeignAgent agent, String action) {
        Response response = given.api().request().post("/agents/{id}/actions/" + action, agent.id());
        response.then().statusCode(200).body("data.attributes.'otf-draining'", equalTo(action.equals("drain")));
        return response;
    }

    @Test
    void agentsThatRaceGetEachJobOnce(Given given) throws Exception {
        Organization organization = given.organizationWithPool();
        String token = given.poolToken(organization.pool().orElseThrow());
        Workspace workspace = given.workspace(organization);
        String configuration = given.configuration(workspace, ARCHIVE);
        List<String> runs = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            runs.add(given.run(workspace, configuration, Map.of("plan-only", true)));
        }
        List<String> taken = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<List<String>>> agents = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                ForeignAgent agent = new ForeignAgent(given.api(), token).register("racer-" + i);
                agents.add(() -> takeAll(agent));
            }
            for (Future<List<String>> future : executor.invokeAll(agents)) {
                taken.addAll(future.get());
            }
        }

        assertThat(taken, hasSize(runs.size()));
        assertThat(new HashSet<>(taken), equalTo(new HashSet<>(runs)));
    }

    private static List<String> takeAll(ForeignAgent agent) {
        List<String> taken = new ArrayList<>();
        for (Optional<ForeignAgent.Job> job = agent.pollAtOnce(); job.isPresent(); job = agent.pollAtOnce()) {
            taken.add(job.get().data("run_id"));
            agent.report(job.get(), "running", Map.of()).then().statusCode(200);
            agent.report(job.get(), "errored", Map.of()).then().statusCode(200);
        }
        return taken;
    }

    /** An agent that has begun with a plan. */
    private static final class Started {

        private final Organization organization;
        private final ForeignAgent agent;
        private final String run;
        private final ForeignAgent.Job job;

        Started(Given given) {
            organization = given.organizationWithPool();
            agent = new ForeignAgent(
                            given.api(), given.poolToken(organization.pool().orElseThrow()))
                    .register("busy");
            Workspace workspace = given.workspace(organization);
            run = given.run(workspace, given.configuration(workspace, ARCHIVE));
            job = agent.awaitJob();
            agent.report(job, "running", Map.of()).then().statusCode(200);
        }

        Response append(long offset, String piece) {
            return agent.appendLog(job, Optional.of(offset), piece.getBytes(StandardCharsets.UTF_8));
        }

        void end() {
            agent.report(job, "errored", Map.of()).then().statusCode(200);
        }
    }
}
