package io.otfd.api.otf;

import static io.otfd.api.Operation.answers;
import static io.otfd.api.Operation.bytes;

import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.agentpool.Agents;
import io.otfd.agentpool.Dialect;
import io.otfd.agentpool.RegisteredAgent;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Operation;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.dispatch.Dispatch;
import io.otfd.dispatch.Liveness;
import io.otfd.workspace.Engine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What an agent of OTF asks with its pool's token: to be let in, to be known alive, to be given jobs and to begin them. */
public final class OtfAgentEndpoints {

    /** Which agent of the pool speaks, on every call after registration. */
    private static final String AGENT_ID_HEADER = "otf-agent-id";

    /** An empty answer is asked for anew at once; proxies close what is silent for a minute. */
    private static final Duration HOLD = Duration.ofSeconds(50);

    private static final List<String> KINDS = List.of("plan", "apply");
    private static final int MAX_CONCURRENCY = 1000;

    private final Dispatch dispatch;
    private final Liveness liveness;

    public OtfAgentEndpoints(Dispatch dispatch, Liveness liveness) {
        this.dispatch = dispatch;
        this.liveness = liveness;
    }

    public void register(RouteTable routes) {
        routes.family(OtfAgentEndpoints.class, Route.Audience.AGENT)
                .post(
                        "/otfapi/agents/register",
                        this::register,
                        Operation.json(201).takesJson())
                .post("/otfapi/agents/status", this::status, answers(200).takesJson())
                .get(
                        "/otfapi/agents/await-allocated-jobs",
                        this::await,
                        Operation.json().refuses(409))
                .post("/otfapi/jobs/start", this::start, bytes("text/plain").takesJson());
    }

    private Answer register(Call call) {
        if (!(call.caller() instanceof Caller.AgentPool)) {
            throw new Refusal.Unauthenticated();
        }
        OtfRequest.Registration wanted = OtfRequest.read(call, OtfRequest.Registration.class);
        RegisteredAgent agent = dispatch.register(
                        call.caller(),
                        new Agents.Details(
                                Optional.ofNullable(wanted.name()).filter(name -> !name.isBlank()),
                                Optional.of(call.remoteAddress()),
                                Optional.ofNullable(wanted.version()),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                wanted.concurrency() == null ? 1 : Math.clamp(wanted.concurrency(), 1, MAX_CONCURRENCY),
                                false,
                                KINDS,
                                Dialect.OTF,
                                Optional.empty(),
                                List.of(Engine.values()),
                                Map.of()))
                .agent();
        return JsonApi.created(OtfResource.agent(agent));
    }

    /** The agent that the header names, as long as it is in the token's pool. */
    private Caller.Agent agent(Call call) {
        if (call.caller() instanceof Caller.AgentPool pool) {
            return dispatch.agentOf(pool, call.header(AGENT_ID_HEADER).orElseThrow(Refusal.Unauthenticated::new));
        }
        throw new Refusal.Unauthenticated();
    }

    /** An agent that was given up is told so by 409: it ends, and its supervisor starts a new one. */
    private static <T> T orEvict(Supplier<T> call) {
        try {
            return call.get();
        } catch (Refusal.Gone e) {
            throw new Refusal.Conflict(e.getMessage());
        }
    }

    private Answer status(Call call) {
        Caller.Agent agent = agent(call);
        String status =
                String.valueOf(OtfRequest.read(call, OtfRequest.Status.class).status());
        if (!List.of("idle", "busy", "exited").contains(status)) {
            throw Refusal.Invalid.at("/status", "must be idle, busy or exited");
        }
        return orEvict(() -> {
            liveness.heartbeat(agent, status, Optional.empty());
            return Answer.empty(200);
        });
    }

    private Answer await(Call call) {
        Caller.Agent agent = agent(call);
        return orEvict(() -> JsonApi.list(dispatch.allocate(agent, KINDS, HOLD).stream()
                .map(claim -> OtfResource.job(
                        claim.job(), claim.held().run(), claim.held().workspace()))
                .toList()));
    }

    private Answer start(Call call) {
        Caller.Agent agent = agent(call);
        long job =
                OtfRequest.jobId(OtfRequest.read(call, OtfRequest.Start.class).jobId());
        return Answer.of(200, "text/plain", dispatch.start(agent, job).getBytes(StandardCharsets.UTF_8));
    }
}
