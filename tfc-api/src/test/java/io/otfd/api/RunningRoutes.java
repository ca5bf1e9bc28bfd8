package io.otfd.api;

import io.helidon.webserver.WebServer;
import io.otfd.TestDatabase;
import io.otfd.api.engine.EngineMirror;
import io.otfd.daemon.ControlPlane;
import io.otfd.database.Database;
import io.otfd.job.Timeouts;
import io.otfd.token.Tokens;
import io.otfd.user.Users;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;

/** All routes on a real server and a real database, without TLS and agents. */
final class RunningRoutes implements AutoCloseable {

    static final String TOKEN = "test-site-token";

    private final Database database;
    private final ControlPlane plane;
    private final WebServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    RunningRoutes(TestDatabase test) {
        database = test.open(4);
        Clock clock = Clock.systemUTC();
        plane = new ControlPlane(
                database,
                clock,
                EngineMirror.empty(),
                Duration.ofSeconds(30),
                Timeouts.DEFAULT,
                "opa",
                message -> {
                    throw new IllegalStateException("nothing is sent here");
                },
                request -> {
                    throw new IllegalStateException("nothing is asked here");
                });
        new Tokens(database, clock).setSiteToken(new Users(database).admin().id(), TOKEN);
        server = WebServer.builder()
                .host("127.0.0.1")
                .routing(routing -> plane.routes().register(routing))
                .build()
                .start();
    }

    RouteTable table() {
        return plane.routes();
    }

    HttpResponse<String> call(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> callAsAdmin(String method, String path, String body) throws IOException, InterruptedException {
        return call(method, path, body, "Authorization", "Bearer " + TOKEN);
    }

    @Override
    public void close() {
        client.close();
        server.stop();
        plane.close();
        database.close();
    }
}
