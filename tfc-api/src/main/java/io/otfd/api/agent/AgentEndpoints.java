package io.otfd.api.agent;

import io.otfd.Ids.RunId;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.agent.AgentApi;
import io.otfd.agent.protocol.AgentStatus;
import io.otfd.agent.protocol.JobReport;
import io.otfd.agent.protocol.Registered;
import io.otfd.agent.protocol.Registration;
import io.otfd.agent.protocol.Signal;
import io.otfd.agent.protocol.StatusReply;
import io.otfd.agent.protocol.Wire;
import io.otfd.agentpool.Agents;
import io.otfd.agentpool.Dialect;
import io.otfd.agentpool.RegisteredAgent;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.Operation;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.dispatch.Dispatch;
import io.otfd.dispatch.Liveness;
import io.otfd.dispatch.Offer;
import io.otfd.dispatch.Report;
import io.otfd.dispatch.Reports;
import io.otfd.dispatch.Signals;
import io.otfd.job.Job;
import io.otfd.job.Jobs;
import io.otfd.run.Phase;
import io.otfd.run.PlanResult;
import io.otfd.workspace.Engine;
import jakarta.json.bind.JsonbException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server half of {@link AgentApi}: the TFC agent dialect, and extensions for agents that ask for them at registration.
 * Plain JSON, not JSON:API.
 */
public final class AgentEndpoints {

    private static final Logger LOG = LoggerFactory.getLogger(AgentEndpoints.class);
    private static final String JSON = "application/json";
    private static final int MAX_BODY = 1 << 20;
    private static final List<String> ALL_KINDS = List.of("plan", "apply");
    private static final List<String> KNOWN_KINDS = List.of("plan", "apply", Jobs.QUERY);
    private static final List<String> EXECUTORS = List.of("fork", "bubblewrap");
    private static final int MOST_LABELS = 32;
    private static final int LONGEST_LABEL = 63;
    private static final Duration LONGEST_HEARTBEAT = Duration.ofSeconds(10);

    /** tfc-agent gives up on a connection after 30 s without a header. */
    private static final Duration MAX_FOREIGN_HOLD = Duration.ofSeconds(20);

    private static final Duration MAX_HOLD = Duration.ofSeconds(50);

    private final Dispatch dispatch;
    private final Signals signals;
    private final Liveness liveness;
    private final Reports reports;
    private final JobOffers offers;
    private final int heartbeatSeconds;

    /** @param silence after which an agent counts as unknown: it is asked to speak three times as often */
    public AgentEndpoints(
            Dispatch dispatch,
            Signals signals,
            Liveness liveness,
            Reports reports,
            JobOffers offers,
            Duration silence) {
        this.dispatch = dispatch;
        this.signals = signals;
        this.liveness = liveness;
        this.reports = reports;
        this.offers = offers;
        this.heartbeatSeconds = heartbeatSeconds(silence);
    }

    static int heartbeatSeconds(Duration silence) {
        return (int) Math.clamp(silence.toSeconds() / 3, 1, LONGEST_HEARTBEAT.toSeconds());
    }

    public void register(RouteTable routes) {
        routes.family(AgentEndpoints.class, Route.Audience.AGENT)
                .post(
                        AgentApi.REGISTER,
                        this::register,
                        Operation.json().refuses(410).takesJson())
                .put(
                        AgentApi.STATUS,
                        this::status,
                        Operation.json().refuses(410).takesJson())
                .get(
                        AgentApi.JOBS,
                        this::next,
                        Operation.json().refuses(410).or(204).query("hold", "run"))
                .get(
                        AgentApi.SIGNALS,
                        this::signal,
                        Operation.json().refuses(410).or(204).query("hold", "lease_id", "after"));
    }

    private Answer register(Call call) {
        Registration wanted = read(call, Registration.class);
        boolean ours = call.header(Wire.PROTOCOL_HEADER).isPresent();
        var registration = dispatch.register(
                call.caller(),
                new Agents.Details(
                        Optional.ofNullable(wanted.name()),
                        Optional.of(wanted.ip() == null ? call.remoteAddress() : wanted.ip()),
                        Optional.ofNullable(wanted.version()).or(() -> call.header(Wire.AGENT_VERSION_HEADER)),
                        Optional.ofNullable(wanted.arch()),
                        Optional.ofNullable(wanted.os()),
                        ours ? Optional.ofNullable(wanted.instanceId()) : Optional.empty(),
                        ours ? wanted.concurrency() : 1,
                        ours,
                        wanted.accept().isEmpty() ? ALL_KINDS : known(wanted.accept()),
                        Dialect.TFC,
                        Optional.ofNullable(wanted.executor()).filter(EXECUTORS::contains),
                        Stream.of(Engine.values())
                                .filter(engine -> wanted.engines().contains(engine.toString()))
                                .toList(),
                        labels(wanted.labels())));
        RegisteredAgent agent = registration.agent();
        String pool = agent.pool().map(id -> id.value()).orElse(null);
        if (!ours) {
            return json(new Registered.Plain(agent.id().value(), pool, pool));
        }
        String status = registration.held().isEmpty() ? "idle" : "busy";
        return json(new Registered(
                agent.id().value(),
                pool,
                pool,
                registration.sessionToken(),
                status,
                agent.ipAddress().orElse(null),
                agent.pool().isEmpty(),
                (int) MAX_HOLD.toSeconds(),
                heartbeatSeconds,
                registration.held().stream()
                        .map(offer -> offers.of(call, offer))
                        .toList()));
    }

    private static Map<String, String> labels(Map<String, String> labels) {
        if (labels.size() > MOST_LABELS
                || labels.entrySet().stream()
                        .flatMap(label -> Stream.of(label.getKey(), label.getValue()))
                        .anyMatch(text -> text == null || text.length() > LONGEST_LABEL)) {
            throw Refusal.Invalid.at(
                    "/labels", "labels are " + MOST_LABELS + " at most, of " + LONGEST_LABEL + " characters at most");
        }
        return labels;
    }

    /** A pool's token speaks for the agent that the header names, as long as the agent is in that pool. */
    private Caller.Agent agent(Call call) {
        return switch (call.caller()) {
            case Caller.Agent agent -> agent;
            case Caller.AgentPool pool ->
                dispatch.agentOf(pool, call.header(Wire.AGENT_ID_HEADER).orElseThrow(Refusal.Unauthenticated::new));
            case Caller.User _, Caller.Team _, Caller.Organization _, Caller.Run _, Caller.Task _, Caller.Server _ ->
                throw new Refusal.Unauthenticated();
        };
    }

    private Answer next(Call call) {
        Caller.Agent agent = agent(call);
        List<String> accepted = call.header(Wire.ACCEPT_HEADER)
                .map(header ->
                        Arrays.stream(header.split(",")).map(String::strip).toList())
                .orElse(ALL_KINDS);
        Optional<Offer> offer =
                dispatch.next(agent, known(accepted), call.query("run").map(RunId::new), hold(call));
        return offer.map(job -> json(job.agent().extended() ? offers.of(call, job) : offers.plain(call, job)))
                .orElseGet(Answer::noContent);
    }

    private static List<String> known(List<String> kinds) {
        return kinds.stream().filter(KNOWN_KINDS::contains).distinct().toList();
    }

    private static Duration hold(Call call) {
        return call.query("hold").isPresent()
                ? Duration.ofSeconds(Math.clamp(call.queryInteger("hold", 0), 0, MAX_HOLD.toSeconds()))
                : MAX_FOREIGN_HOLD;
    }

    private Answer signal(Call call) {
        Job.Signal after;
        try {
            after = Job.Signal.of(call.query("after").orElse("none"));
        } catch (IllegalArgumentException e) {
            throw new Refusal.Malformed("after must be none, cancel or force_cancel");
        }
        Optional<Signals.Told> told = signals.await(
                agent(call), new RunId(call.path("job")), call.query("lease_id").orElse(""), after, hold(call));
        return told.map(signal -> json(new Signal(wireName(signal)))).orElseGet(Answer::noContent);
    }

    private static String wireName(Signals.Told told) {
        return told.name().toLowerCase(Locale.ROOT);
    }

    private Answer status(Call call) {
        AgentStatus status = read(call, AgentStatus.class);
        Caller.Agent agent = agent(call);
        if (status.job() != null) {
            report(status.job()).ifPresent(report -> reports.accept(agent, report));
        }
        if (!List.of("idle", "busy", "exited").contains(String.valueOf(status.status()))) {
            throw new Refusal.Malformed("status must be idle, busy or exited");
        }
        // An agent that speaks with its session knows our extensions, and lists all that it holds.
        Optional<List<Liveness.HeldJob>> held = agent.session()
                .map(session -> status.jobs().stream()
                        .map(job -> new Liveness.HeldJob(new RunId(job.jobId()), String.valueOf(job.leaseId())))
                        .toList());
        Liveness.Reply reply = liveness.heartbeat(agent, status.status(), held);
        Stream<StatusReply.Message> ofJobs = reply.messages().stream()
                .map(message -> new StatusReply.Message(
                        wireName(message.told()), message.run().value(), message.lease(), null));
        Stream<StatusReply.Message> drain = Stream.of(reply.agent())
                .filter(known -> known.draining() && agent.session().isPresent())
                .map(known -> new StatusReply.Message(
                        "drain", null, null, known.drainMessage().orElse("")));
        List<StatusReply.Message> messages = Stream.concat(ofJobs, drain).toList();
        Answer answer = messages.isEmpty()
                ? Answer.of(200, JSON, "{}".getBytes(StandardCharsets.UTF_8))
                : json(new StatusReply(messages));
        return call.header(Wire.MESSAGE_INDEX_HEADER)
                .map(index -> answer.with(Wire.MESSAGE_INDEX_HEADER, index))
                .orElse(answer);
    }

    private static Optional<Report> report(JobReport report) {
        JobReport.Outcome data = report.data();
        if (data == null || data.runId() == null) {
            throw new Refusal.Malformed("job.data.run_id is missing");
        }
        Phase.Kind kind = Phase.Kind.of(String.valueOf(data.operation() == null ? report.type() : data.operation()))
                .orElseThrow(() -> new Refusal.Malformed("job.data.operation must be plan or apply"));
        Report.Outcome outcome = switch (String.valueOf(report.status())) {
            case "running" -> Report.Outcome.RUNNING;
            case "finished" -> Report.Outcome.FINISHED;
            case "errored" -> Report.Outcome.ERRORED;
            case "canceled" -> Report.Outcome.CANCELED;
            default -> null;
        };
        if (outcome == null) {
            LOG.warn("an agent reported the status {} of run {}", report.status(), data.runId());
            return Optional.empty();
        }
        return Optional.of(new Report(
                new RunId(data.runId()),
                kind,
                Optional.ofNullable(report.leaseId()),
                outcome,
                Optional.ofNullable(report.error()).filter(text -> !text.isBlank()),
                new PlanResult(
                        Boolean.TRUE.equals(data.hasChanges()),
                        Boolean.TRUE.equals(data.generatedConfiguration()),
                        Optional.ofNullable(data.resourceAdditions()),
                        Optional.ofNullable(data.resourceChanges()),
                        Optional.ofNullable(data.resourceDestructions()),
                        Optional.ofNullable(data.resourceImports()))));
    }

    private static <T> T read(Call call, Class<T> type) {
        try {
            T value = Wire.json().fromJson(new String(call.body(MAX_BODY), StandardCharsets.UTF_8), type);
            if (value == null) {
                throw new Refusal.Malformed("The body must be a JSON object.");
            }
            return value;
        } catch (JsonbException e) {
            throw new Refusal.Malformed("The body is not the JSON that this call takes.");
        }
    }

    private static Answer json(Object body) {
        return Answer.of(200, JSON, Wire.json().toJson(body).getBytes(StandardCharsets.UTF_8));
    }
}
