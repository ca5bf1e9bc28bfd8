package io.otfd.conformance;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Eight clients that do the same thing as fast as they are answered. They share the machine with the server. */
final class Load {

    static final int CLIENTS = 8;

    private Load() {}

    /** How much was done in a second, and how long each took. */
    record Rate(double perSecond, Figures figures) {}

    /** What one client does again and again, on a connection of its own. */
    interface Client extends AutoCloseable {

        /** @param number of all clients' calls, from 0 */
        void call(int number) throws IOException, SQLException;

        @Override
        void close() throws IOException, SQLException;
    }

    /** So many calls, shared among the clients. */
    static Rate calls(int count, Callable<Client> clients) {
        return run(clients, count, Long.MAX_VALUE);
    }

    /** As many calls as there are in so long a time. */
    static Rate during(Duration duration, Callable<Client> clients) {
        return run(clients, Integer.MAX_VALUE, System.nanoTime() + duration.toNanos());
    }

    private static Rate run(Callable<Client> clients, int count, long end) {
        AtomicInteger next = new AtomicInteger();
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<List<Long>>> each = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                each.add(threads.submit(() -> drive(clients, next, count, end)));
            }
            Figures figures = new Figures();
            int calls = 0;
            for (Future<List<Long>> one : each) {
                List<Long> taken = one.get();
                calls += taken.size();
                taken.forEach(figures::addNanoseconds);
            }
            return new Rate(calls / ((System.nanoTime() - start) / 1e9), figures);
        } catch (ExecutionException exception) {
            throw new IllegalStateException(exception.getCause());
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(exception);
        }
    }

    private static List<Long> drive(Callable<Client> clients, AtomicInteger next, int count, long end)
            throws Exception {
        List<Long> taken = new ArrayList<>();
        try (Client client = clients.call()) {
            for (int number = next.getAndIncrement();
                    number < count && System.nanoTime() < end;
                    number = next.getAndIncrement()) {
                long start = System.nanoTime();
                client.call(number);
                taken.add(System.nanoTime() - start);
            }
        }
        return taken;
    }
}
