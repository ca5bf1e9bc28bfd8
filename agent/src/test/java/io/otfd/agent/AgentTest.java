package io.otfd.agent;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.otfd.agent.protocol.AgentStatus;
import io.otfd.agent.protocol.JobOffer;
import io.otfd.agent.protocol.JobReport;
import io.otfd.agent.protocol.Registration;
import io.otfd.agent.protocol.StatusReply;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentTest {

    @TempDir
    Path directory;

    private final FakeOtfd server = new FakeOtfd();
    private Bench bench;
    private Agent agent;

    @BeforeEach
    void prepare() throws Exception {
        bench = new Bench(directory);
        agent = new Agent(bench.config(server), bench.log());
    }

    @AfterEach
    void end() throws Exception {
        agent.stop();
        agent.await();
        agent.close();
        server.close();
    }

    @Test
    void anAgentRegistersAndSaysSo() throws Exception {
        agent.start();
        awaitLines("waiting for next job", 1);

        Registration registration = server.registrations.getFirst();
        assertThat(registration.name(), is("bench"));
        assertThat(registration.concurrency(), is(2));
        assertThat(registration.accept(), is(List.of("plan", "apply", "query")));
        assertThat(
                registration.instanceId(),
                is(Files.readString(bench.dataDir.resolve("instance-id")).strip()));
        assertThat(bench.lines.get(0).message(), is("starting agent"));
        assertThat(
                bench.lines.get(1).fields(),
                is(Map.of(
                        "agent.id",
                        "agent-1",
                        "agent.server",
                        false,
                        "agent.status",
                        "idle",
                        "agent.ip_address",
                        "127.0.0.1",
                        "agent.pool_id",
                        "apool-1")));
        assertThat(bench.lines.toString(), not(containsString(FakeOtfd.TOKEN)));
    }

    @Test
    void jobsAreDoneSideBySide() throws Exception {
        server.queue(plan("run-1", "waits"));
        server.queue(plan("run-2", "waits"));
        server.queue(plan("run-3"));
        agent.start();
        bench.awaitEngine("run-1");
        bench.awaitEngine("run-2");
        assertThat(agent.running(), is(2));

        bench.letEngineGo("run-2");
        assertThat(Eventually.next("first end", server.ends).data().runId(), is("run-2"));
        assertThat(Eventually.next("second end", server.ends).data().runId(), is("run-3"));
        bench.letEngineGo("run-1");
        JobReport last = Eventually.next("third end", server.ends);

        assertThat(last.data().runId(), is("run-1"));
        assertThat(last.leaseId(), is("lease-run-1"));
        assertThat(last.status(), is("finished"));
    }

    @Test
    void heldLeasesAreInTheHeartbeat() throws Exception {
        server.queue(plan("run-1", "waits"));
        agent.start();
        bench.awaitEngine("run-1");
        server.statuses.clear();

        AgentStatus beat = Eventually.next("heartbeat", server.statuses);

        assertThat(beat, is(new AgentStatus("busy", List.of(new AgentStatus.HeldJob("run-1", "lease-run-1")), null)));
    }

    @Test
    void signalsReachTheEngine() throws Exception {
        server.queue(plan("run-1", "deaf"));
        agent.start();
        bench.awaitEngine("run-1");

        server.signal("run-1", "cancel");
        awaitLines("received signal", 1);
        server.signal("run-1", "force_cancel");

        assertThat(Eventually.next("end", server.ends).status(), is("canceled"));
    }

    @Test
    void anAgentThatWasGivenUpRegistersAgainAndKeepsItsJob() throws Exception {
        server.queue(plan("run-1", "waits"));
        agent.start();
        bench.awaitEngine("run-1");

        server.forgetSession(410);
        Eventually.until("registered again", () -> server.registrations.size() > 1);
        bench.letEngineGo("run-1");

        assertThat(Eventually.next("end", server.ends).status(), is("finished"));
        assertThat(
                server.registrations.get(1).instanceId(),
                is(server.registrations.get(0).instanceId()));
    }

    @Test
    void aJobThatTheServerDoesNotHandBackIsDropped() throws Exception {
        server.queue(plan("run-1", "deaf"));
        agent.start();
        bench.awaitEngine("run-1");
        int pid = bench.enginePid("run-1");

        server.held.clear();
        server.forgetSession(401);
        Eventually.until("the engine is gone", () -> ProcessHandle.of(pid).isEmpty());
        Eventually.until("the directory is gone", () -> !Files.exists(bench.job("run-1")));

        assertThat(server.ends.poll(), nullValue());
    }

    /** A registration whose answer was lost has given the job another lease: the work must not be lost with it. */
    @Test
    void aReportUnderAnOldLeaseIsMadeAgainUnderTheNewOne() throws Exception {
        server.queue(plan("run-1", "waits"));
        agent.start();
        bench.awaitEngine("run-1");
        server.muteSignals();

        server.renewLease("run-1");
        bench.letEngineGo("run-1");

        JobReport report = Eventually.next("end", server.ends);
        assertThat(report.error(), report.status(), is("finished"));
        assertThat(report.leaseId(), is("lease-run-1-renewed"));
    }

    /** The server had given it up, and the same agent was the next to ask. */
    @Test
    void aJobThatIsGivenAnewTakesThePlaceOfTheOneBefore() throws Exception {
        JobOffer offer = plan("run-1", "waits");
        server.queue(offer);
        agent.start();
        bench.awaitEngine("run-1");

        server.queue(new JobOffer(offer.type(), offer.jobId(), "lease-anew", offer.data()));
        Eventually.until("the first is dropped", () -> bench.lines.toString().contains("status=lost"));
        bench.awaitEngine("run-1");
        bench.letEngineGo("run-1");

        JobReport report = Eventually.next("end", server.ends);
        assertThat(report.error(), report.status(), is("finished"));
        assertThat(report.leaseId(), is("lease-anew"));
        Eventually.until("the job is over", () -> agent.running() == 0);
    }

    @Test
    void anEngineIsNotKilledForALeaseThatWasOnlyRenewed() throws Exception {
        server.queue(plan("run-1", "waits"));
        agent.start();
        bench.awaitEngine("run-1");

        server.renewLease("run-1");
        Eventually.until("registered again", () -> server.registrations.size() > 1);
        Eventually.until(
                "a heartbeat under the new lease",
                () -> Eventually.next("heartbeat", server.statuses)
                        .jobs()
                        .contains(new AgentStatus.HeldJob("run-1", "lease-run-1-renewed")));
        bench.letEngineGo("run-1");

        assertThat(Eventually.next("end", server.ends).status(), is("finished"));
    }

    @Test
    void theServerIsToldThatWorkHasBegun() throws Exception {
        server.queue(plan("run-1", "waits"));
        agent.start();

        AgentStatus first = Eventually.next("status", server.statuses);
        while (first.job() == null) {
            first = Eventually.next("status", server.statuses);
        }

        assertThat(first.job().status(), is("running"));
        assertThat(first.job().data().runId(), is("run-1"));
        assertThat(first.job().data().operation(), is("plan"));
    }

    /** What the server does not know of it may give to another agent, and that one would start an engine, too. */
    @Test
    void noEngineStartsBeforeTheServerKnows() throws Exception {
        server.runningTroubles.set(Integer.MAX_VALUE);
        server.queue(plan("run-1", "waits"));
        agent.start();
        for (int reports = 0; reports < 3; ) {
            AgentStatus status = Eventually.next("status", server.statuses);
            reports += status.job() == null ? 0 : 1;
        }
        Path steps = bench.job("run-1").resolve("job/steps");
        Eventually.until(
                "the configuration is there",
                () -> Files.exists(bench.job("run-1").resolve("config")));
        assertThat("steps of the engine", Files.exists(steps.resolve("01-init")), is(false));

        server.runningTroubles.set(0);
        bench.awaitEngine("run-1");
        bench.letEngineGo("run-1");

        assertThat(Eventually.next("end", server.ends).status(), is("finished"));
    }

    @Test
    void aJobThatAnotherAgentWasGivenIsNotBegun() throws Exception {
        server.runningTroubles.set(Integer.MAX_VALUE);
        server.queue(plan("run-1", "waits"));
        agent.start();
        AgentStatus status = Eventually.next("status", server.statuses);
        while (status.job() == null) {
            status = Eventually.next("status", server.statuses);
        }
        server.held.clear();

        awaitLines("finished job", 1);

        assertThat(Files.exists(bench.job("run-1").resolve("job/steps/01-init")), is(false));
        assertThat(server.ends.isEmpty(), is(true));
    }

    @Test
    void aStrangerInTheServersPlaceIsWaitedFor() throws Exception {
        agent.start();
        awaitLines("waiting for next job", 1);

        server.replaceByStranger();
        awaitLines("the server cannot be reached", 1);
        server.comeBack();
        server.queue(plan("run-1"));

        assertThat(Eventually.next("end", server.ends).status(), is("finished"));
    }

    @Test
    void aLostServerIsWaitedForWhileTheEngineGoesOn() throws Exception {
        server.queue(plan("run-1", "waits"));
        agent.start();
        bench.awaitEngine("run-1");

        server.down();
        bench.letEngineGo("run-1");
        Eventually.until(
                "the engine is done", () -> Files.exists(bench.job("run-1").resolve("job/steps/02-plan/exit")));
        awaitLines("the server cannot be reached", 1);
        server.up();

        assertThat(Eventually.next("end", server.ends).status(), is("finished"));
        assertThat(server.log("run-1"), endsWith("1 to destroy.\n"));
    }

    @Test
    void anAgentWaitsForAServerThatIsNotThereYet() throws Exception {
        server.down();
        agent.start();
        awaitLines("the server cannot be reached", 1);

        server.up();

        awaitLines("waiting for next job", 1);
    }

    @Test
    void drainingFinishesTheJobAndTakesNoOther() throws Exception {
        server.queue(plan("run-1", "waits"));
        agent.start();
        bench.awaitEngine("run-1");

        agent.drain();
        bench.letEngineGo("run-1");

        assertThat(agent.await(), is(Agent.Ending.DRAINED));
        assertThat(Eventually.next("end", server.ends).status(), is("finished"));
        assertThat(List.copyOf(server.statuses).getLast().status(), is("exited"));
    }

    @Test
    void stoppingKillsTheEngineAndReports() throws Exception {
        server.queue(plan("run-1", "deaf"));
        agent.start();
        bench.awaitEngine("run-1");
        int pid = bench.enginePid("run-1");

        agent.stop();

        assertThat(agent.await(), is(Agent.Ending.STOPPED));
        JobReport report = Eventually.next("end", server.ends);
        assertThat(report.status(), is("errored"));
        assertThat(report.error(), is("The agent was stopped before the plan had ended."));
        Eventually.until("the engine is gone", () -> ProcessHandle.of(pid).isEmpty());
    }

    @Test
    void theNextAgentTakesUpWhatTheLastOneLetGo() throws Exception {
        server.queue(plan("run-1", "waits"));
        agent.start();
        bench.awaitEngine("run-1");
        Path stranger = Files.createDirectories(bench.job("run-9").resolve("job/steps"));
        agent.close();
        assertThat(agent.await(), is(Agent.Ending.LET_GO));
        JobOffer offer = server.held.removeFirst();
        server.held.add(new JobOffer(offer.type(), offer.jobId(), "lease-new", offer.data()));

        agent = new Agent(bench.config(server), bench.log());
        agent.start();
        Eventually.until("registered again", () -> server.registrations.size() > 1);
        bench.letEngineGo("run-1");
        JobReport report = Eventually.next("end", server.ends);

        assertThat(report.status(), is("finished"));
        assertThat(report.leaseId(), is("lease-new"));
        assertThat(
                server.registrations.get(1).instanceId(),
                is(server.registrations.get(0).instanceId()));
        assertThat(server.log("run-1").split("waiting", -1).length, is(2));
        assertThat(Files.exists(stranger), is(false));
    }

    @Test
    void anAgentTakesOneJobIfToldSo() throws Exception {
        server.queue(plan("run-1"));
        server.queue(plan("run-2"));
        agent = new Agent(bench.config(server).withSingle(AgentConfig.Single.JOB), bench.log());

        agent.start();

        assertThat(agent.await(), is(Agent.Ending.DRAINED));
        assertThat(server.ends.size(), is(1));
    }

    @Test
    void anAgentOfOneRunStaysForItsApply() throws Exception {
        server.queue(plan("run-1"));
        agent = new Agent(bench.config(server).withSingle(AgentConfig.Single.RUN), bench.log());
        agent.start();
        assertThat(Eventually.next("end", server.ends).type(), is("plan"));

        server.queue(server.offer("apply", "run-1", Archives.configuration(), Map.of(), "7200s", false));

        assertThat(agent.await(), is(Agent.Ending.DRAINED));
        assertThat(Eventually.next("end", server.ends).type(), is("apply"));
    }

    @Test
    void anAgentOfOneRunEndsWhenItsRunHasNothingMore() throws Exception {
        server.queue(plan("run-1"));
        agent = new Agent(bench.config(server).withSingle(AgentConfig.Single.RUN), bench.log());
        agent.start();
        Eventually.next("end", server.ends);

        server.over.add("run-1");

        assertThat(agent.await(), is(Agent.Ending.DRAINED));
    }

    @Test
    void whyTheServerDrainsTheAgentIsInItsLog() throws Exception {
        agent = new Agent(bench.config(server).withHealthAddress(new InetSocketAddress("127.0.0.1", 0)), bench.log());
        agent.start();
        server.messages.add(new StatusReply.Message("drain", null, null, "the host is rebuilt"));
        awaitLines("the server drains this agent: no jobs are given to it", 1);
        assertThat(health("ready").body(), is("the server drains this agent: the host is rebuilt\n"));

        server.messages.clear();

        awaitLines("the server gives jobs to this agent again", 1);
        assertThat(health("ready").statusCode(), is(200));
    }

    @Test
    void twoAgentsDoNotShareADataDirectory() {
        agent.start();

        Agent second = new Agent(bench.config(server), bench.log());

        AgentRefused refused = assertThrows(AgentRefused.class, second::start);
        assertThat(refused.getMessage(), startsWith("Another agent uses the data directory"));
        second.close();
    }

    @Test
    void aWrongTokenEndsTheAgent() throws Exception {
        agent = new Agent(
                AgentConfig.of(server.address(), "wrong", bench.dataDir).withEnvironment(bench.environment),
                bench.log());
        agent.start();

        assertThat(agent.await(), is(Agent.Ending.REFUSED));
        assertThat(agent.refusal().orElseThrow(), containsString("the token is not valid"));
    }

    @Test
    void anotherTokenInTheFileIsTriedWhenTheFirstIsRefused() throws Exception {
        Path file = Files.writeString(directory.resolve("token"), "wrong");
        PoolToken token = PoolToken.in(file);
        Files.writeString(file, FakeOtfd.TOKEN);
        agent = new Agent(
                AgentConfig.of(server.address(), token, bench.dataDir).withEnvironment(bench.environment), bench.log());

        agent.start();

        awaitLines("waiting for next job", 1);
    }

    @Test
    void probesAndCollectorsAreAnswered() throws Exception {
        server.down();
        agent = new Agent(bench.config(server).withHealthAddress(new InetSocketAddress("127.0.0.1", 0)), bench.log());
        agent.start();
        assertThat(health("live").statusCode(), is(200));
        assertThat(health("ready").statusCode(), is(503));
        assertThat(health("ready").body(), is("the agent is not registered\n"));
        server.up();
        server.queue(plan("run-1"));
        Eventually.next("end", server.ends);
        Eventually.until("the job is over", () -> agent.running() == 0);

        assertThat(health("ready").statusCode(), is(200));
        assertThat(health("else").statusCode(), is(404));
        String metrics = health("metrics").body();
        for (String line : List.of(
                "# TYPE otf_agent_jobs_total counter",
                "otf_agent_jobs_total{type=\"plan\",status=\"finished\"} 1",
                "otf_agent_ready 1",
                "otf_agent_slots 2",
                "tfc_agent_core_status_idle 1",
                "# TYPE otf_agent_registrations_total counter")) {
            assertThat(metrics, containsString(line + "\n"));
        }

        server.queue(plan("run-2", "waits"));
        bench.awaitEngine("run-2");
        agent.drain();
        assertThat(health("live").statusCode(), is(200));
        assertThat(health("ready").body(), is("the agent is about to end\n"));
        bench.letEngineGo("run-2");
    }

    @Test
    void aHealthAddressThatIsTakenEndsTheStart() {
        InetSocketAddress taken =
                new InetSocketAddress("127.0.0.1", server.address().getPort());
        agent = new Agent(bench.config(server).withHealthAddress(taken), bench.log());

        assertThat(assertThrows(AgentRefused.class, agent::start).getMessage(), containsString("health address"));
        agent.close();
        agent = new Agent(bench.config(server), bench.log());
    }

    private HttpResponse<String> health(String page) throws Exception {
        InetSocketAddress address = agent.healthAddress().orElseThrow();
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + address.getPort() + "/" + page);
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    /** A proxy sees the server's name, which only it can resolve, and wants a password. */
    @Test
    void theServerIsReachedThroughAProxyWithAPassword() throws Exception {
        server.demandProxyUser("user", "pass");
        bench.environment.put(
                "HTTP_PROXY", "http://user:pass@127.0.0.1:" + server.address().getPort());
        agent = new Agent(
                AgentConfig.of(URI.create("http://otfd.invalid"), FakeOtfd.TOKEN, bench.dataDir)
                        .withEnvironment(bench.environment),
                bench.log());

        agent.start();

        awaitLines("waiting for next job", 1);
    }

    @Test
    void anAgentThatAcceptsNothingAsksForNothing() throws Exception {
        server.queue(plan("run-1"));
        agent = new Agent(bench.config(server).withAccept(List.of()), bench.log());
        agent.start();
        awaitLines("waiting for the end: no kind of job is accepted", 1);
        Eventually.next("heartbeat", server.statuses);

        agent.drain();

        assertThat(agent.await(), is(Agent.Ending.DRAINED));
        assertThat(
                server.requests.stream()
                        .filter(request -> request.contains(AgentApi.JOBS))
                        .count(),
                is(0L));
    }

    private JobOffer plan(String runId, String... behaviour) {
        return server.offer(
                "plan",
                runId,
                Archives.configuration(behaviour),
                Map.of("FAKE_PLAN_JSON", Bench.resource("plan.json").toString()),
                "7200s",
                false);
    }

    private void awaitLines(String message, int count) throws Exception {
        Eventually.until(
                message,
                () -> bench.lines.stream()
                                .filter(line -> line.message().equals(message))
                                .count()
                        >= count);
    }
}
