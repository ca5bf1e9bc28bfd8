package io.otfd.agent;

import io.otfd.agent.protocol.AgentStatus;
import io.otfd.agent.protocol.Architecture;
import io.otfd.agent.protocol.Registered;
import io.otfd.agent.protocol.Registration;
import io.otfd.agent.protocol.StatusReply;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import retrofit2.Response;

/** The agent's standing with the server, renewed whenever the server has forgotten it. Thread-safe. */
final class Session {

    /** Answers to a registration that no second attempt will change. */
    private static final Set<Integer> FINAL = Set.of(400, 401, 403, 404, 409, 422, 426);

    /** Said by the server, and by us to a job that the server has given up. */
    static final String LEASE_LOST = "lease_lost";

    private final AgentConfig config;
    private final String instanceId;
    private final AgentHttp http;
    private final AgentApi api;
    private final AgentLog log;
    private final Consumer<Registered> onRegistered;
    private final Vitals vitals;
    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantLock beating = new ReentrantLock();
    private volatile boolean exited;
    private volatile Registered current;
    private volatile String trouble = "";

    /** @param onRegistered told of every registration, before anybody speaks under it */
    Session(
            AgentConfig config,
            String instanceId,
            AgentHttp http,
            AgentApi api,
            AgentLog log,
            Consumer<Registered> onRegistered,
            Vitals vitals) {
        this.vitals = vitals;
        this.config = config;
        this.instanceId = instanceId;
        this.http = http;
        this.api = api;
        this.log = log;
        this.onRegistered = onRegistered;
    }

    Registered current() {
        return current;
    }

    /**
     * Answers a refusal that may be about our standing: 401 (the session ended), 410 (the server gave the agent up), 409
     * (a report under an old lease).
     *
     * <p>Nothing is believed lost at first: a registration under way, or one whose answer did not arrive, may have
     * replaced session and leases. Registering again says which jobs are ours; those that are not hear {@link
     * #LEASE_LOST} then.
     *
     * @return true when it was such a refusal, and the agent is registered again
     */
    boolean recovered(Registered standing, int status) throws InterruptedException {
        boolean doubted = status == 401 || status == 409 || status == 410;
        if (doubted) {
            renew(standing);
        }
        return doubted;
    }

    /** The same for a message: {@link #LEASE_LOST} is such a refusal, others are not. */
    boolean recovered(Registered standing, String kind) throws InterruptedException {
        boolean doubted = LEASE_LOST.equals(kind);
        if (doubted) {
            renew(standing);
        }
        return doubted;
    }

    /** Tries for as long as the server is away. Nothing happens when another thread has renewed {@code expired}. */
    void renew(Registered expired) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (current == expired) {
                Registered fresh = register();
                http.speakAs(fresh.id(), fresh.sessionToken());
                log.info(
                        "registered successfully",
                        "agent.id",
                        fresh.id(),
                        "agent.server",
                        fresh.server(),
                        "agent.status",
                        fresh.status() == null ? "idle" : fresh.status(),
                        "agent.ip_address",
                        fresh.ipAddress(),
                        "agent.pool_id",
                        fresh.agentPoolId() == null ? fresh.poolId() : fresh.agentPoolId());
                vitals.registered();
                onRegistered.accept(fresh);
                current = fresh;
            }
        } finally {
            lock.unlock();
        }
    }

    private Registered register() throws InterruptedException {
        Registration registration = new Registration(
                config.name(),
                Architecture.ofThisMachine(),
                Architecture.system(),
                Agent.version(),
                Hostname.local(),
                null,
                instanceId,
                config.concurrency(),
                config.accept(),
                config.sandbox() ? "bubblewrap" : "fork",
                List.of("terraform", "tofu"),
                config.labels());
        Backoff backoff = new Backoff();
        while (true) {
            try {
                Response<Registered> response = api.register(registration).execute();
                if (response.isSuccessful() && response.body() != null) {
                    answered();
                    return response.body();
                }
                boolean newToken = response.code() == 401 && config.token().readAgain();
                if (FINAL.contains(response.code()) && !newToken) {
                    throw refused(response);
                }
                silent("it answered " + response.code());
            } catch (IOException e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                silent(reason(e));
            }
            backoff.pause();
        }
    }

    private AgentRefused refused(Response<?> response) throws IOException {
        String why = switch (response.code()) {
            case 401, 403 -> "the token is not valid, or no longer: create one for the agent pool and start again";
            case 404 -> "it is not an otfd server, or it does not take agents";
            default -> detail(response);
        };
        return new AgentRefused(
                "The server at " + config.address() + " refused the agent (HTTP " + response.code() + "): " + why);
    }

    private static String detail(Response<?> response) throws IOException {
        try (var body = response.errorBody()) {
            String text = body == null ? "" : body.string();
            return text.isBlank() ? "no reason given" : text.substring(0, Math.min(text.length(), 300));
        }
    }

    /** One status update. Failures to reach the server are logged once. */
    Response<StatusReply> status(AgentStatus status) throws IOException {
        try {
            Response<StatusReply> response = api.status(status).execute();
            if (response.code() < 500) {
                answered();
            } else {
                silent("it answered " + response.code());
            }
            return response;
        } catch (IOException e) {
            silent(reason(e));
            throw e;
        }
    }

    /**
     * A heartbeat; none once goodbye was said: the server would take it for a word of an agent that it does not know any
     * more.
     *
     * @return empty after {@link #exit}
     */
    Optional<Response<StatusReply>> beat(AgentStatus status) throws IOException {
        beating.lock();
        try {
            return exited ? Optional.empty() : Optional.of(status(status));
        } finally {
            beating.unlock();
        }
    }

    /** Says goodbye, once, after the heartbeat that is under way or ten seconds. */
    void exit() throws InterruptedException {
        boolean alone = beating.tryLock(10, TimeUnit.SECONDS);
        exited = true;
        try {
            api.status(new AgentStatus("exited", List.of(), null)).execute();
        } catch (IOException e) {
            log.warn("the server was not told that the agent ends", "error", reason(e));
        } finally {
            if (alone) {
                beating.unlock();
            }
        }
    }

    /** Why the server cannot be spoken with now; empty when it answers. */
    String trouble() {
        return trouble;
    }

    void silent(String reason) {
        vitals.callFailed();
        if (!reason.equals(trouble)) {
            trouble = reason;
            log.warn("the server cannot be reached", "address", config.address(), "reason", reason);
        }
    }

    private void answered() {
        if (!trouble.isEmpty()) {
            trouble = "";
            log.info("the server answers again", "address", config.address());
        }
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    }
}
