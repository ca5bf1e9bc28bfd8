package io.otfd.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RedactedPlanTest {

    private static final String SCHEMAS = """
            {"format_version":"1.0","provider_schemas":{"terraform.io/builtin/terraform":{
              "provider":{"version":0},
              "resource_schemas":{"terraform_data":{"version":0},"other":{"version":1}}}}}""";

    private static String plan(String before, String beforeMarks, String after, String afterMarks) {
        return """
                {"format_version":"1.2","variables":{"p":{"value":"hunter2"}},"prior_state":{"x":"hunter2"},
                 "resource_changes":[{"address":"terraform_data.x","mode":"managed","type":"terraform_data",
                   "provider_name":"terraform.io/builtin/terraform",
                   "change":{"actions":["update"],"before":%s,"before_sensitive":%s,"after":%s,"after_sensitive":%s}}]}""".formatted(before, beforeMarks, after, afterMarks);
    }

    private static Optional<JsonObject> redact(String plan, String schemas) {
        ByteArrayOutputStream document = new ByteArrayOutputStream();
        return RedactedPlan.write(stream(plan), stream(schemas), document)
                ? Optional.of(Json.createReader(new ByteArrayInputStream(document.toByteArray()))
                        .readObject())
                : Optional.empty();
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonObject change(JsonObject document) {
        return document.getJsonArray("resource_changes").getJsonObject(0).getJsonObject("change");
    }

    @Test
    void secretsAreReplacedAndTheirHomesLeftOut() {
        JsonObject document = redact(
                        plan(
                                "{\"a\":\"hunter2\",\"b\":1}",
                                "{\"a\":true}",
                                "{\"a\":\"hunter3\",\"b\":1}",
                                "{\"a\":true}"),
                        SCHEMAS)
                .orElseThrow();

        assertThat(document.toString(), not(containsString("hunter")));
        assertThat(document.containsKey("variables"), is(false));
        assertThat(document.containsKey("prior_state"), is(false));
    }

    @Test
    void differentSecretsStayDifferentAndEqualOnesEqual() {
        JsonObject changed = change(redact(
                        plan(
                                "{\"a\":\"x\",\"c\":\"z\"}",
                                "{\"a\":true,\"c\":true}",
                                "{\"a\":\"y\",\"c\":\"z\"}",
                                "{\"a\":true,\"c\":true}"),
                        SCHEMAS)
                .orElseThrow());

        JsonObject before = changed.getJsonObject("before");
        JsonObject after = changed.getJsonObject("after");
        assertThat(before.getString("a"), not(after.getString("a")));
        assertThat(before.getString("c"), is(after.getString("c")));
    }

    @Test
    void nullStaysNull() {
        JsonObject changed = change(redact(plan("null", "true", "{\"a\":null}", "{\"a\":true}"), SCHEMAS)
                .orElseThrow());

        assertThat(changed.isNull("before"), is(true));
        assertThat(changed.getJsonObject("after").isNull("a"), is(true));
    }

    @Test
    void onlySchemasInUseAreKept() {
        JsonObject document = redact(plan("null", "false", "{}", "{}"), SCHEMAS).orElseThrow();

        assertThat(
                document.getJsonObject("provider_schemas")
                        .getJsonObject("terraform.io/builtin/terraform")
                        .getJsonObject("resource_schemas")
                        .keySet(),
                is(java.util.Set.of("terraform_data")));
    }

    @Test
    void withoutASchemaThereIsNoDocument() {
        assertThat(
                redact(plan("null", "false", "{}", "{}"), "{\"format_version\":\"1.0\",\"provider_schemas\":{}}"),
                is(Optional.empty()));
    }

    @Test
    void nonsenseIsNoDocument() {
        assertThat(redact("[]", SCHEMAS), is(Optional.empty()));
        assertThat(redact("", SCHEMAS), is(Optional.empty()));
        assertThat(redact("{\"format_version\":\"1.2\",\"resource_changes\":[{}", SCHEMAS), is(Optional.empty()));
    }
}
