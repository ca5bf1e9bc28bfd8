package io.otfd.agent;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The threads of one agent, so that letting go of it ends them all. */
final class Threads {

    /** What a thread does. */
    interface Work {
        void run() throws InterruptedException;
    }

    private final AgentLog log;
    private final Consumer<AgentRefused> onRefused;
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();

    /** @param onRefused told by the thread that found out, possibly by several */
    Threads(AgentLog log, Consumer<AgentRefused> onRefused) {
        this.log = log;
        this.onRefused = onRefused;
    }

    Thread fork(String name, Work work) {
        Thread thread = Thread.ofVirtual().name(name).unstarted(() -> {
            try {
                work.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (AgentRefused e) {
                onRefused.accept(e);
            } catch (RuntimeException | Error e) {
                log.error("a thread of the agent ended", "thread", name, "error", e);
            } finally {
                running.remove(Thread.currentThread());
            }
        });
        running.add(thread);
        thread.start();
        return thread;
    }

    /** Interrupts all and waits for each, but not for long. */
    void end() {
        running.forEach(Thread::interrupt);
        try {
            for (Thread thread : running) {
                thread.join(TimeUnit.SECONDS.toMillis(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
