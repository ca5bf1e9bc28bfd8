package io.otfd.conformance;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import javax.net.SocketFactory;

/** Many light agents in a pool of their own, and when jobs came to them. What one of them fails with is what the wait for all fails with. */
final class Fleet implements AutoCloseable, LightAgent.Watch {

    private static final int AT_ONCE = 8;

    private final Server server;
    private final String poolToken;
    private final SocketFactory sockets;
    private final List<LightAgent> agents = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Long> started = new ConcurrentHashMap<>();
    private final Map<String, Boolean> ended = new ConcurrentHashMap<>();
    private final AtomicInteger troubles = new AtomicInteger();
    private final List<Long> refills = Collections.synchronizedList(new ArrayList<>());

    Fleet(Given given, String pool) {
        this.server = given.api().server();
        this.poolToken = given.poolToken(pool);
        this.sockets = KeptConnection.sockets(server);
    }

    /** Starts so many more. */
    void grow(int count) {
        int first = agents.size();
        each(
                count,
                number -> agents.add(
                        new LightAgent(server, sockets, poolToken, "light-" + (first + number), this).start()));
    }

    private interface Step {
        void perform(int number) throws IOException;
    }

    private static void each(int count, Step step) {
        try (ExecutorService threads =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            List<Callable<Void>> steps = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                steps.add(() -> {
                    step.perform(number);
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(steps)) {
                done.get();
            }
        } catch (ExecutionException exception) {
            throw new AssertionError("an agent failed", exception.getCause());
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(exception);
        }
    }

    @Override
    public void started(String run, long at, Optional<Long> freed) {
        started.put(run, at);
        freed.ifPresent(before -> refills.add(at - before));
    }

    @Override
    public void ended(String run) {
        ended.put(run, true);
    }

    @Override
    public void askedAgain() {
        troubles.incrementAndGet();
    }

    /** How often the server had no time. */
    int troubles() {
        return troubles.get();
    }

    /** Times at which runs came to an agent, by run: {@link System#nanoTime()}. */
    Map<String, Long> starts() {
        return Map.copyOf(started);
    }

    /** Nanoseconds from the end of a job to the next one of the same agent. */
    List<Long> refills() {
        return List.copyOf(refills);
    }

    void awaitEnds(int count, Duration within) {
        await(count + " runs having ended", within, () -> ended.size() >= count);
    }

    /** Watches the agents for so long. */
    void watch(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        await("the time being over", time.plusMinutes(1), () -> System.nanoTime() >= end);
    }

    private void await(String what, Duration within, BooleanSupplier condition) {
        Eventually.holds(what, within, () -> {
            List.copyOf(agents).forEach(LightAgent::check);
            return condition.getAsBoolean();
        });
    }

    @Override
    public void close() {
        each(agents.size(), number -> agents.get(number).close());
    }
}
