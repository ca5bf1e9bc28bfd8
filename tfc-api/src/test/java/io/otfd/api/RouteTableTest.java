package io.otfd.api;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import io.otfd.Golden;
import io.otfd.PostgresExtension;
import io.otfd.TestDatabase;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouteTableTest {

    private RunningRoutes routes;

    @BeforeAll
    void start(TestDatabase database) {
        routes = new RunningRoutes(database);
    }

    @AfterAll
    void stop() {
        routes.close();
    }

    @Test
    void theRoutesAreTheOnesWeMean() throws IOException {
        String table = routes.table().routes().stream()
                .map(route -> String.format(
                        "%-6s %-75s %-6s %s%n", route.method(), route.path(), route.audience(), route.handledBy()))
                .sorted()
                .collect(Collectors.joining());

        Golden.check("routes.txt", table);
    }

    /** The list of what needs no token: it is here to shrink. */
    @Test
    void whatNeedsNoTokenIsListed() throws IOException {
        String open = routes.table().routes().stream()
                .filter(route -> route.audience() == Route.Audience.PUBLIC || route.audience() == Route.Audience.SIGNED)
                .map(route -> route.method() + " " + route.path() + "\n")
                .sorted()
                .collect(Collectors.joining());

        Golden.check("routes-without-token.txt", open);
    }

    @Test
    void everyOtherRouteWants401() throws IOException, InterruptedException {
        List<String> wrong = new ArrayList<>();
        for (Route route : routes.table().routes()) {
            boolean guarded = switch (route.audience()) {
                case PUBLIC, SIGNED -> false;
                case TOKEN, AGENT, JOB -> true;
            };
            if (!guarded) {
                continue;
            }
            String path = route.path().replaceAll("\\{[^}]*}", "x");
            for (String[] headers :
                    new String[][] {{}, {"Authorization", "Bearer wrong"}, {"Authorization", "Basic eDp5"}}) {
                HttpResponse<String> response = routes.call(route.method().text(), path, "{}", headers);
                if (response.statusCode() != 401 || !response.body().contains("\"unauthorized\"")) {
                    wrong.add(route.method() + " " + path + " → " + response.statusCode());
                }
            }
        }

        assertThat(wrong, is(empty()));
    }

    @Test
    void aUsersTokenIsNoAgents() throws IOException, InterruptedException {
        assertThat(routes.callAsAdmin("POST", "/api/agent/register", "{}").statusCode(), is(401));
    }

    /** Whatever a client sends, it is the client's mistake: a 5xx would be retried for minutes. */
    @Test
    void nonsenseIsNeverAServerError() throws IOException, InterruptedException {
        List<String> wrong = new ArrayList<>();
        for (Route route : routes.table().routes()) {
            String path = route.path().replaceAll("\\{[^}]*}", "%00~x");
            for (String body : new String[] {"", "{", "[]", "{\"data\":7}", "{\"data\":{\"attributes\":[]}}"}) {
                HttpResponse<String> response =
                        routes.callAsAdmin(route.method().text(), path, body);
                if (response.statusCode() >= 500) {
                    wrong.add(route.method() + " " + path + " " + body + " → " + response.statusCode());
                }
            }
        }

        assertThat(wrong, is(empty()));
    }

    @Test
    void aTamperedUrlOpensNothing() throws IOException, InterruptedException {
        String claim = "/_archivist/v1/read_state~sv-x~zzzzzz.";

        assertThat(routes.call("GET", claim + "AAAA", "").statusCode(), is(404));
        assertThat(routes.call("PUT", "/_archivist/v1/none", "x").statusCode(), is(404));
    }

    @Test
    void aWrongTypeIsNamed() throws IOException, InterruptedException {
        HttpResponse<String> response = routes.callAsAdmin(
                "POST", "/api/v2/organizations", "{\"data\":{\"attributes\":{\"name\":7,\"email\":\"a@b.c\"}}}");

        assertThat(response.statusCode(), is(422));
        assertThat(response.body(), containsString("\"pointer\":\"/data/attributes/name\""));
    }
}
