package io.otfd.conformance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Eight clients that do the same thing as fast as they are answered. They share the machine with the server. */
final class Load {

    private static final int CLIENTS = 8;

    private final Server server;

    Load(Server server) {
        this.server = server;
    }

    /** How much was done in a second, and how long each took. */
    record Rate(double perSecond, Figures figures) {}

    /** A number of requests, each different. */
    Rate requests(int count, IntFunction<HttpRequest> request) {
        AtomicInteger next = new AtomicInteger();
        return run(client -> {
            int number = next.getAndIncrement();
            return number < count ? request.apply(number) : null;
        });
    }

    /** The same GET for so long. */
    Rate reads(String path, Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        HttpRequest get = request(path).build();
        return run(client -> System.nanoTime() < end ? get : null);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.address() + path))
                .header("Authorization", "Bearer " + server.token())
                .header("Accept", Api.JSON_API)
                .header("Content-Type", Api.JSON_API);
    }

    private Rate run(IntFunction<HttpRequest> next) {
        Figures figures = new Figures();
        List<Thread> threads = new ArrayList<>();
        List<Long> taken = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < CLIENTS; i++) {
            int client = i;
            threads.add(Thread.ofPlatform().start(() -> {
                List<Long> mine = drive(client, next);
                synchronized (taken) {
                    taken.addAll(mine);
                }
            }));
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(exception);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        taken.forEach(figures::addNanoseconds);
        return new Rate(taken.size() / seconds, figures);
    }

    private List<Long> drive(int client, IntFunction<HttpRequest> next) {
        List<Long> taken = new ArrayList<>();
        try (HttpClient http = server.client()) {
            for (HttpRequest request = next.apply(client); request != null; request = next.apply(client)) {
                long start = System.nanoTime();
                HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
                if (response.statusCode() >= 300) {
                    throw new IllegalStateException(request.uri() + " answered " + response.statusCode());
                }
                taken.add(System.nanoTime() - start);
            }
        } catch (IOException exception) {
            throw new IllegalStateException(exception);
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
        }
        return taken;
    }
}
