package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.restassured.path.json.JsonPath;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A plan, and the schemas of its providers, larger than a tree of them would leave room for in the server's memory. */
@ExtendWith(OtfdExtension.class)
class LargePlanTest {

    private static final int RESOURCES = 5_000;
    private static final int TYPES = 3_000;
    private static final String FILLER = "x".repeat(10_000);

    @Test
    void planOf50MegabytesIsKeptAndRedacted(Sandbox sandbox) {
        RunningOtfd otfd = sandbox.otfd(RunningOtfd.SMALL_HEAP, "--http", "--concurrency", "0");
        Given given = new Given(otfd.api());
        Organization organization = given.organizationWithPool();
        ForeignAgent agent = new ForeignAgent(
                        given.api(), given.poolToken(organization.pool().orElseThrow()))
                .register("planner");
        String run = given.run(given.workspace(organization), Map.of(), "");
        String plan = plan();

        agent.plan(agent.awaitJob(), "filesystem", plan, schemas());

        given.await(run, "planned");
        String id = given.api()
                .get("/runs/{id}", run)
                .then()
                .body("data.attributes.'has-changes'", equalTo(true))
                .extract()
                .path("data.relationships.plan.data.id");
        assertThat(output(given, id, "json-output").equals(plan), equalTo(true));
        String redacted = output(given, id, "json-output-redacted");
        assertThat("the secret is shown", redacted.contains("hunter2"), equalTo(false));
        JsonPath document = JsonPath.from(redacted);
        assertThat(document.getList("resource_changes").size(), equalTo(RESOURCES));
        assertThat(
                document.getMap("provider_schemas.'example.com/big'.resource_schemas")
                        .keySet()
                        .toString(),
                equalTo("[big_thing]"));
        assertThat(otfd.process().output(), not(containsString("OutOfMemoryError")));
    }

    private static String output(Given given, String plan, String form) {
        return given.api()
                .get("/plans/{id}/" + form, plan)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private static String plan() {
        return IntStream.range(0, RESOURCES)
                .mapToObj("""
                        {"address":"big_thing.r[%d]","mode":"managed","type":"big_thing","name":"r","index":%1$d,
                         "provider_name":"example.com/big","change":{"actions":["create"],"before":null,
                         "after":{"password":"hunter2","text":"FILLER"},"after_unknown":{},"before_sensitive":false,
                         "after_sensitive":{"password":true}}}"""::formatted)
                .collect(Collectors.joining(
                        ",",
                        "{\"format_version\":\"1.2\",\"terraform_version\":\"1.11.4\",\"resource_changes\":[",
                        "],\"output_changes\":{},\"configuration\":{}}"))
                .replace("FILLER", FILLER);
    }

    private static String schemas() {
        return IntStream.range(0, TYPES)
                .mapToObj("\"other_%d\":{\"version\":0,\"block\":{\"description\":\"FILLER\"}}"::formatted)
                .collect(
                        Collectors.joining(
                                ",",
                                "{\"format_version\":\"1.0\",\"provider_schemas\":{\"example.com/big\":{\"resource_schemas\":{",
                                ",\"big_thing\":{\"version\":0,\"block\":{\"attributes\":{\"password\":{\"type\":\"string\","
                                        + "\"optional\":true,\"sensitive\":true},\"text\":{\"type\":\"string\",\"optional\":true}}}}}}}}"))
                .replace("FILLER", FILLER);
    }
}
