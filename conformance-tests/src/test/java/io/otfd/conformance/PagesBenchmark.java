package io.otfd.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** How long one visitor waits for a page, from the request to the last byte. */
final class PagesBenchmark {

    private static final int WARM = 20;
    private static final int LOADS = 100;
    private static final int RESOURCES = 5000;
    private static final String MANY = """
            resource "terraform_data" "many" {
              count = %d
              input = "number ${count.index}"
            }
            """.formatted(RESOURCES);

    private final Server server;
    private final Given given;

    PagesBenchmark(Server server, Given given) {
        this.server = server;
        this.given = given;
    }

    /**
     * @param crowd with so many workspaces
     * @param runner whose runs execute
     */
    void measure(Organization crowd, int workspaces, Organization runner) {
        try (HttpClient client = server.client()) {
            String cookie = login(client);
            String list = "/app/" + crowd.name() + "/workspaces";
            row(client, cookie, "page: list of %d workspaces, first".formatted(workspaces), list);
            row(client, cookie, "page: the same, middle", list + "?page=" + Math.max(1, workspaces / 40));
            row(client, cookie, "page: the same, searched", list + "?search=0123");
            String plan = plan(runner);
            row(client, cookie, "page: run with a plan of %d resources".formatted(RESOURCES), plan);
            row(client, cookie, "page: its changes, last", plan + "/plan?page=" + RESOURCES / 20);
            row(client, cookie, "page: the attributes of one", plan + "/plan/" + (RESOURCES - 1));
        }
    }

    /** @return path of the run */
    private String plan(Organization runner) {
        Workspace workspace = given.workspace(runner);
        String run = given.run(workspace, Map.of("plan-only", true), MANY);
        given.await(run, "planned_and_finished");
        return "/app/" + runner.name() + "/workspaces/" + workspace.name() + "/runs/" + run;
    }

    private void row(HttpClient client, String cookie, String what, String path) {
        HttpRequest request = HttpRequest.newBuilder(server.resolve(path))
                .header("Cookie", cookie)
                .build();
        Figures figures = new Figures();
        int size = 0;
        for (int i = 0; i < WARM + LOADS; i++) {
            long start = System.nanoTime();
            HttpResponse<byte[]> response = send(client, request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new AssertionError(path + " is " + response.statusCode());
            }
            size = response.body().length;
            if (i >= WARM) {
                figures.addNanoseconds(System.nanoTime() - start);
            }
        }
        BenchTable.row(what, figures + ", %d KB".formatted(size / 1024), "", "", "");
    }

    private String login(HttpClient client) {
        String token = "token=" + URLEncoder.encode(server.token(), StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(token))
                .build();
        String cookie = send(client, request, HttpResponse.BodyHandlers.discarding())
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow(() -> new AssertionError("the login sets no cookie"));
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private static <T> HttpResponse<T> send(HttpClient client, HttpRequest request, HttpResponse.BodyHandler<T> body) {
        try {
            return client.send(request, body);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(exception);
        }
    }
}
