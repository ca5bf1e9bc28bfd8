package io.otfd.conformance;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Times speculative runs one after another, and the bare engine's three commands between them. */
final class RunTimes {

    private static final String CONFIGURATION = """
            resource "terraform_data" "x" {
              input = timestamp()
            }
            """;

    final Figures dispatch = new Figures();
    final Figures whole = new Figures();
    final Figures bare = new Figures();

    private final Given given;
    private final StampedEngine engine;
    private final HttpClient http;

    RunTimes(Given given, StampedEngine engine) {
        this.given = given;
        this.engine = engine;
        this.http = given.api().server().client();
    }

    void measure(Organization organization, int count, Sandbox sandbox) {
        Workspace workspace = given.workspace(organization);
        String configuration = given.configuration(workspace, Map.of("main.tf", CONFIGURATION));
        for (int i = 0; i < count + 2; i++) {
            boolean warm = i >= 2;
            run(workspace, configuration, warm);
            if (warm) {
                bare(sandbox, workspace.name() + "-" + i);
            }
        }
    }

    private void run(Workspace workspace, String configuration, boolean counts) {
        int before = engine.count();
        String body = Document.of("runs")
                .with("plan-only", true)
                .toOne("workspace", "workspaces", workspace.id())
                .toOne("configuration-version", "configuration-versions", configuration)
                .json();
        long created = now();
        String answer = send("POST", "/api/v2/runs", body);
        String run = answer.replaceFirst("(?s).*?\"(run-[A-Za-z0-9]{16})\".*", "$1");
        while (!isFinal(send("GET", "/api/v2/runs/" + run, ""))) {
            pause(Duration.ofMillis(10));
        }
        long ended = now();
        if (counts) {
            dispatch.addNanoseconds(engine.start(before) - created);
            whole.addNanoseconds(ended - created);
        }
    }

    private void bare(Sandbox sandbox, String name) {
        Path directory = sandbox.write(name + "/main.tf", CONFIGURATION).getParent();
        long start = now();
        command(sandbox, directory, "init", "-input=false");
        command(sandbox, directory, "plan", "-input=false", "-out=tfplan");
        command(sandbox, directory, "show", "-json", "tfplan");
        bare.addNanoseconds(now() - start);
    }

    private static void command(Sandbox sandbox, Path directory, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(Terraform.executable().orElseThrow().toString()));
        command.addAll(List.of(arguments));
        ChildProcess process = ChildProcess.start(
                "terraform " + arguments[0],
                command,
                directory,
                ChildProcess.environment(sandbox.directory("home"), Map.of("CHECKPOINT_DISABLE", "1")),
                directory.resolve("terraform.log"));
        int code = process.awaitExit(Duration.ofMinutes(1));
        if (code != 0) {
            throw new IllegalStateException("terraform " + arguments[0] + " exited with " + code);
        }
    }

    private static boolean isFinal(String document) {
        return Given.FINAL.stream().anyMatch(status -> document.contains("\"status\":\"" + status + "\""));
    }

    private String send(String method, String path, String body) {
        try {
            HttpRequest request = given.api()
                    .server()
                    .request(path)
                    .method(
                            method,
                            body.isEmpty()
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(body))
                    .build();
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IllegalStateException(path + " answered " + response.statusCode() + " " + response.body());
            }
            return response.body();
        } catch (IOException exception) {
            throw new IllegalStateException(exception);
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(exception);
        }
    }

    /** Nanoseconds of the wall clock, as the stamps are. */
    private static long now() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
        }
    }
}
