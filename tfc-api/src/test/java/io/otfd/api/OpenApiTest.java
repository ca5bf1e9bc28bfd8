package io.otfd.api;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;

import io.otfd.JsonTrees;
import io.otfd.PostgresExtension;
import io.otfd.TestDatabase;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonPointer;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What {@code /openapi.json} says of every route. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest {

    private RunningRoutes routes;
    private JsonObject document;

    @BeforeAll
    void start(TestDatabase database) throws IOException, InterruptedException {
        routes = new RunningRoutes(database);
        document = parse(routes.call("GET", "/openapi.json", "").body());
    }

    @AfterAll
    void stop() {
        routes.close();
    }

    private static JsonObject parse(String text) {
        try (JsonReader reader = JsonTrees.JSON.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    private JsonObject operation(Route route) {
        JsonObject path = document.getJsonObject("paths").getJsonObject(route.path());
        assertThat(route.path(), path, is(org.hamcrest.Matchers.notNullValue()));
        String verb = route.method().text().toLowerCase(Locale.ROOT);
        assertThat(route.path(), path, hasKey(verb));
        return path.getJsonObject(verb);
    }

    /** Names what is wrong, route by route. */
    private void eachRoute(BiConsumer<Route, JsonObject> check) {
        routes.table().routes().forEach(route -> check.accept(route, operation(route)));
    }

    @Test
    void itIsOpenApi31() {
        assertThat(document.getString("openapi"), is("3.1.0"));
        assertThat(document.getJsonObject("info").getString("title"), is("otfd"));
    }

    @Test
    void everyRouteIsThereAndNothingElse() {
        Set<String> wanted = new HashSet<>();
        routes.table()
                .routes()
                .forEach(route -> wanted.add(route.method().text().toLowerCase(Locale.ROOT) + " " + route.path()));
        Set<String> present = new HashSet<>();
        document.getJsonObject("paths")
                .forEach((path, operations) ->
                        operations.asJsonObject().keySet().forEach(verb -> present.add(verb + " " + path)));

        assertThat(present, equalTo(wanted));
    }

    @Test
    void everyGoodAnswerHasItsBody() {
        eachRoute((route, operation) -> {
            JsonObject responses = operation.getJsonObject("responses");
            for (int status : route.operation().statuses()) {
                assertThat(route.path(), responses, hasKey(Integer.toString(status)));
            }
            String first = route.operation().statuses().getFirst().toString();
            boolean hasBody = responses.getJsonObject(first).containsKey("content");
            assertThat(route.path(), hasBody, is(route.operation().shown() != Operation.Shown.NOTHING));
        });
    }

    @Test
    void everyRefusalIsTheOneErrorsDocument() {
        JsonObject shared = document.getJsonObject("components").getJsonObject("responses");
        eachRoute((route, operation) -> {
            JsonObject responses = operation.getJsonObject("responses");
            assertThat(route.path(), responses, hasKey("default"));
            route.refusals().forEach(status -> assertThat(route.path(), responses, hasKey(status.toString())));
        });
        shared.forEach((name, response) -> assertThat(
                name,
                ((JsonString) response.asJsonObject().getValue("/content/application~1vnd.api+json/schema/$ref"))
                        .getString(),
                is("#/components/schemas/errors")));
    }

    @Test
    void whatNeedsATokenSaysWhichAndThat401Follows() {
        eachRoute((route, operation) -> {
            JsonArray security = operation.getJsonArray("security");
            boolean guarded = switch (route.audience()) {
                case PUBLIC, SIGNED -> false;
                case TOKEN, AGENT, JOB -> true;
            };
            assertThat(route.path(), !security.isEmpty(), is(guarded));
            assertThat(route.path(), operation.getJsonObject("responses").containsKey("401"), is(guarded));
        });
    }

    @Test
    void everyRequestBodyIsDescribed() {
        eachRoute((route, operation) -> assertThat(
                route.method() + " " + route.path(),
                operation.containsKey("requestBody"),
                is(route.operation().taken() != Operation.Taken.NOTHING)));
    }

    /** A route with PATCH or PUT that takes nothing has forgotten to say so. */
    @Test
    void everyChangeTakesABody() {
        List<String> without = routes.table().routes().stream()
                .filter(route -> Set.of("PATCH", "PUT").contains(route.method().text()))
                .filter(route -> route.operation().taken() == Operation.Taken.NOTHING)
                .map(Route::path)
                .toList();

        assertThat(without, is(empty()));
    }

    @Test
    void pathParametersAreThoseOfThePath() {
        eachRoute((route, operation) -> {
            List<String> named = new ArrayList<>();
            if (operation.containsKey("parameters")) {
                for (JsonObject parameter : operation.getJsonArray("parameters").getValuesAs(JsonObject.class)) {
                    if (parameter.getString("in").equals("path")) {
                        named.add("{" + parameter.getString("name") + "}");
                    }
                }
            }
            assertThat(
                    route.path(),
                    named,
                    is(List.of(route.path().split("/")).stream()
                            .filter(segment -> segment.startsWith("{"))
                            .toList()));
        });
    }

    @Test
    void operationsHaveNamesOfTheirOwn() {
        Set<String> ids = new HashSet<>();
        eachRoute(
                (route, operation) -> assertThat(route.path(), ids.add(operation.getString("operationId")), is(true)));
    }

    @Test
    void referencesLeadSomewhere() {
        List<String> lost = new ArrayList<>();
        references(document).forEach(reference -> {
            JsonPointer pointer = JsonTrees.JSON.createPointer(reference.substring(1));
            if (!pointer.containsValue(document)) {
                lost.add(reference);
            }
        });

        assertThat(lost, is(empty()));
    }

    private static Set<String> references(JsonValue value) {
        Set<String> references = new HashSet<>();
        switch (value) {
            case JsonObject object ->
                object.forEach((name, member) -> {
                    if (name.equals("$ref")) {
                        references.add(((JsonString) member).getString());
                    } else {
                        references.addAll(references(member));
                    }
                });
            case JsonArray array -> array.forEach(member -> references.addAll(references(member)));
            default -> {
                // Refers to nothing.
            }
        }
        return references;
    }
}
