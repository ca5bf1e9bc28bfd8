package io.otfd.conformance;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Somebody's web server on this machine, which is told of runs: remembers what it gets and answers 200, or as it was told. */
final class Receiver implements AutoCloseable {

    private final HttpServer server;
    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
    private final Map<String, Consumer<Heard>> followers = new ConcurrentHashMap<>();
    private volatile String location = "";

    /** @param signature of the body, as it was sent */
    record Heard(String path, byte[] body, Optional<String> signature, String contentType) {

        JsonPath json() {
            return JsonPath.from(new String(body, StandardCharsets.UTF_8));
        }

        String trigger() {
            return json().getString("notifications[0].trigger");
        }

        String run() {
            return json().getString("run_id");
        }
    }

    Receiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Headers headers = exchange.getRequestHeaders();
        Heard last = new Heard(
                exchange.getRequestURI().toString(),
                body,
                Optional.ofNullable(headers.getFirst("X-TFE-Notification-Signature"))
                        .or(() -> Optional.ofNullable(headers.getFirst("X-TFC-Task-Signature"))),
                headers.getFirst("Content-Type"));
        heard.add(last);
        Integer status = answers.poll();
        if (!location.isEmpty()) {
            exchange.getResponseHeaders().add("Location", location);
        }
        byte[] said = "thank you".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status == null ? 200 : status, said.length);
        exchange.getResponseBody().write(said);
        exchange.close();
        followers.getOrDefault(last.path(), each -> {}).accept(last);
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** @param path one of its own for each test: others are told of their runs meanwhile */
    String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    /** The next requests, whoever makes them, are answered so. */
    void answer(Integer... statuses) {
        answers.addAll(List.of(statuses));
    }

    /** What follows once a request to this path is answered. */
    void follow(String path, Consumer<Heard> action) {
        followers.put(path, action);
    }

    /** Every answer from now on points there. */
    void redirect(String to) {
        location = to;
    }

    /** What has come to this path, in order. */
    List<Heard> heard(String path) {
        return heard.stream().filter(each -> each.path().equals(path)).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
