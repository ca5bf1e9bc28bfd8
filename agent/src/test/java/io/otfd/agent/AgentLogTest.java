package io.otfd.agent;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.arrayContaining;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class AgentLogTest {

    private static final String VERSION = Agent.version();

    @Test
    void textIsWhatTheReadmeShows() {
        assertThat(
                printed(TextLog::new),
                arrayContaining(
                        "T INFO starting agent version=1",
                        "T INFO registered successfully agent.id=agent-1 agent.status=idle agent.pool_id=apool-1",
                        "T INFO received job run.id=run-1 run.operation=plan workspace=acme/web",
                        "T DEBUG Running terraform plan run.id=run-1",
                        "T WARN no answer reason=\"it \\\"said\\\" no\""));
    }

    @Test
    void jsonHasTheNamesOfTheText() {
        assertThat(
                printed(JsonLog::new)[1],
                is("{\"time\":\"T\",\"level\":\"INFO\",\"msg\":\"registered successfully\",\"agent.id\":\"agent-1\","
                        + "\"agent.status\":\"idle\",\"agent.pool_id\":\"apool-1\"}"));
    }

    /** What operators of tfc-agent search for: tfc-agent's own lines. */
    @Test
    void hclogIsWhatTfcAgentPrints() {
        assertThat(
                printed(out -> new Hclog("n", new Hclog.Text(out))),
                arrayContaining(
                        "T [INFO]  agent: Starting: name=n agent_version=" + VERSION + " os="
                                + io.otfd.agent.protocol.Architecture.system() + " arch="
                                + io.otfd.agent.protocol.Architecture.ofThisMachine(),
                        "T [INFO]  core: Agent registered successfully with otfd: agent_id=agent-1 agent_pool_id=apool-1",
                        "T [INFO]  core: Job received: job_type=plan job_id=run-1",
                        "T [INFO]  terraform: Handling run: run_id=run-1 run_operation=plan organization_name=acme"
                                + " workspace_name=web",
                        "T [INFO]  terraform: Running terraform plan: run_id=run-1",
                        "T [WARN]  core: No answer: reason=\"it \\\"said\\\" no\""));
    }

    @Test
    void hclogAsJsonSaysWhoSpeaks() {
        assertThat(
                printed(out -> new Hclog("n", new Hclog.Json(out)))[2],
                is("{\"@level\":\"info\",\"@message\":\"Job received\",\"@module\":\"core\",\"@timestamp\":\"T\","
                        + "\"agent_name\":\"n\",\"agent_version\":\"" + VERSION + "\",\"agent_id\":\"agent-1\","
                        + "\"agent_pool_id\":\"apool-1\",\"job_type\":\"plan\",\"job_id\":\"run-1\"}"));
    }

    @Test
    void linesThatMatterLessAreLeftOut() {
        assertThat(counted(AgentLog.Level.TRACE, false), is(5));
        assertThat(counted(AgentLog.Level.INFO, false), is(4));
        assertThat(counted(AgentLog.Level.INFO, true), is(5));
        assertThat(counted(AgentLog.Level.WARN, true), is(1));
        assertThat(counted(AgentLog.Level.ERROR, true), is(0));
    }

    private static int counted(AgentLog.Level least, boolean stepsAsInfo) {
        List<AgentLog.Line> lines = new ArrayList<>();
        AgentLog log = lines::add;
        speak(log.from(least, stepsAsInfo));
        return lines.size();
    }

    /** Lines with T for the time. */
    private static String[] printed(Function<PrintStream, AgentLog> form) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        speak(form.apply(new PrintStream(bytes)));
        return bytes.toString(StandardCharsets.UTF_8)
                .replaceAll("\\d{4}[-/]\\d\\d[-/]\\d\\d[ T][0-9:.]+Z?", "T")
                .split("\n");
    }

    private static void speak(AgentLog log) {
        log.info("starting agent", "version", 1);
        log.info(
                "registered successfully",
                "agent.id",
                "agent-1",
                "agent.status",
                "idle",
                "agent.pool_id",
                "apool-1",
                "agent.ip_address",
                null);
        log.info("received job", "run.id", "run-1", "run.operation", "plan", "workspace", "acme/web");
        log.step("Running terraform plan", "run.id", "run-1");
        log.warn("no answer", "reason", "it \"said\" no");
    }
}
