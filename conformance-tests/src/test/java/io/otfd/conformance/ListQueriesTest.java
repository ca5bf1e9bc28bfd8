package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.jupiter.api.Assertions.assertAll;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A list of thirty asks the database no more often than a list of three. */
@ExtendWith(OtfdExtension.class)
class ListQueriesTest {

    private static final int FEW = 3;
    private static final int MANY = 30;
    private static final int ATTEMPTS = 15;

    /** One after the other: the server counts for all. */
    @Test
    void listsDoNotAskForEachItem(Sandbox sandbox) {
        RunningOtfd otfd = sandbox.otfd("--http", "--concurrency", "0");
        Given given = new Given(otfd.api());
        Organization organization = given.organization();
        String pool = given.pool(organization);
        IntStream.range(0, MANY).forEach(number -> furnish(given, organization, pool, number));
        String home = "/organizations/" + organization.name();
        List<String> paths = List.of(
                "/organizations",
                home + "/workspaces",
                home + "/workspaces?include=organization,project,current_run,locked_by,outputs,effective_tag_bindings",
                home + "/workspaces?search[name]=ws&sort=-name",
                home + "/workspaces?search[tags]=everywhere",
                home + "/projects",
                home + "/agent-pools",
                home + "/agent-pools?include=workspaces",
                home + "/teams",
                home + "/tags",
                home + "/runs",
                home + "/runs/queue",
                "/agent-pools/" + pool + "/authentication-tokens");
        assertAll(paths.stream().map(path -> () -> {
            assertThat(path, page(given.api(), path, MANY).size(), greaterThan(FEW));
            assertThat(path, statements(given.api(), path, MANY), equalTo(statements(given.api(), path, FEW)));
        }));
    }

    private static void furnish(Given given, Organization organization, String pool, int number) {
        given.organization();
        given.project(organization, "project-" + number);
        given.team(organization);
        given.pool(organization);
        given.poolToken(pool);
        Workspace workspace = given.workspace(organization, Map.of("execution-mode", "agent", "agent-pool-id", pool));
        given.variable(workspace, Map.of("key", "size", "value", "1", "category", "terraform"));
        given.run(workspace, Map.of("plan-only", true), "");
        given.api()
                .request()
                .body(Document.json(Map.of(
                        "data",
                        List.of(
                                Map.of("type", "tags", "attributes", Map.of("name", "everywhere")),
                                Map.of("type", "tags", "attributes", Map.of("name", "tag-" + number))))))
                .post("/workspaces/{id}/relationships/tags", workspace.id())
                .then()
                .statusCode(204);
        given.api()
                .post(Document.of("workspaces").with("reason", "held"), "/workspaces/{id}/actions/lock", workspace.id())
                .then()
                .statusCode(200);
    }

    private static List<?> page(Api api, String path, int size) {
        return api.request()
                .queryParam("page[size]", size)
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .path("data");
    }

    /** What one list takes; the least of several, because the server asks for things of its own meanwhile. */
    private static long statements(Api api, String path, int size) {
        page(api, path, size);
        return IntStream.range(0, ATTEMPTS)
                .mapToLong(attempt -> {
                    long before = executed(api);
                    page(api, path, size);
                    return executed(api) - before;
                })
                .min()
                .orElseThrow();
    }

    private static long executed(Api api) {
        String metrics = api.anonymous().get("/metrics").asString();
        return metrics.lines()
                .filter(line -> line.startsWith("otfd_sql_statements_total "))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.indexOf(' '))))
                .findFirst()
                .orElseThrow();
    }
}
