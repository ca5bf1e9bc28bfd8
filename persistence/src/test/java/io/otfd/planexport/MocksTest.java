package io.otfd.planexport;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.otfd.JsonTrees;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Mocks as Sentinel reads them. */
class MocksTest {

    private static final String PLAN = """
            {"format_version":"1.2","terraform_version":"1.11.4",
             "variables":{"size":{"value":3}},
             "planned_values":{"outputs":{"key":{"sensitive":true,"value":"hunter2"}},"root_module":{
               "resources":[{"address":"terraform_data.a","mode":"managed","type":"terraform_data","name":"a",
                 "provider_name":"p","schema_version":0,"values":{"input":"x"},"sensitive_values":{}}],
               "child_modules":[{"address":"module.m[\\"x.y\\"]","resources":[
                 {"address":"module.m[\\"x.y\\"].terraform_data.b[0]","index":0,"mode":"managed","type":"terraform_data",
                  "name":"b","provider_name":"p","depends_on":["terraform_data.a"],"tainted":true,"values":{}}]}]}},
             "resource_changes":[
               {"address":"terraform_data.a","mode":"managed","type":"terraform_data","name":"a","provider_name":"p",
                "change":{"actions":["create"],"before":null,"after":{"input":"x"},"after_unknown":{"id":true}}},
               {"address":"terraform_data.a","deposed":"00000001","mode":"managed","type":"terraform_data","name":"a",
                "provider_name":"p","change":{"actions":["delete"]}}],
             "output_changes":{"key":{"actions":["create"],"after":"hunter2"}},
             "prior_state":{"format_version":"1.0","terraform_version":"1.10.0","values":{"root_module":{}}},
             "configuration":{
               "provider_config":{"aws":{"name":"aws","full_name":"r/h/aws","version_constraint":"~> 5",
                 "expressions":{"region":{"constant_value":"eu"}}}},
               "root_module":{
                 "outputs":{"key":{"sensitive":true,"expression":{"references":["var.size"]}}},
                 "resources":[{"address":"terraform_data.a","mode":"managed","type":"terraform_data","name":"a",
                   "provider_config_key":"terraform","expressions":{"input":{"constant_value":"x"}},
                   "provisioners":[{"type":"local-exec","expressions":{"command":{"constant_value":"true"}}}]}],
                 "module_calls":{"m":{"source":"./m","for_each_expression":{"constant_value":["x.y"]},"module":{
                   "resources":[{"address":"terraform_data.b","mode":"managed","type":"terraform_data","name":"b",
                     "provider_config_key":"terraform","count_expression":{"constant_value":1}}],
                   "module_calls":{"deep":{"source":"./deep","module":{"variables":{"v":{"default":1}}}}},
                   "variables":{"w":{"description":"of m"}}}}},
                 "variables":{"size":{}}}}}""";

    private interface Mock {
        void write(PlanReader plan, SentinelWriter out) throws IOException;
    }

    private static String mock(Mock mock) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        SentinelWriter writer = new SentinelWriter(bytes);
        mock.write(new PlanReader(() -> new ByteArrayInputStream(PLAN.getBytes(StandardCharsets.UTF_8))), writer);
        writer.flush();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static String literal(String json) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        SentinelWriter writer = new SentinelWriter(bytes);
        writer.name("x")
                .value(JsonTrees.JSON.createReader(new StringReader(json)).readValue());
        writer.flush();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Every line of a map or list that is not the last bracket's ends in a bracket or a comma: Sentinel ends it otherwise. */
    private static void assertLines(String mock) {
        mock.lines()
                .filter(line -> line.startsWith("\t\""))
                .forEach(line ->
                        assertThat(line, line.endsWith(",") || line.endsWith("{") || line.endsWith("["), is(true)));
    }

    @Test
    void literalsAreSentinels() {
        assertThat(
                literal("{\"a\":[1,{}],\"b\":[]}"),
                is("\nx = {\n\t\"a\": [\n\t\t1,\n\t\t{},\n\t],\n\t\"b\": [],\n}\n"));
        assertThat(literal("\"a\\\"b\\\\c\\n\\u0001\u00e9\""), is("\nx = \"a\\\"b\\\\c\\n\\u0001\u00e9\"\n"));
        assertThat(literal("9223372036854775807"), is("\nx = 9223372036854775807\n"));
        assertThat(literal("18446744073709551616"), is("\nx = 1.8446744073709552E19\n"));
        assertThat(literal("-1.5"), is("\nx = -1.5\n"));
        assertThat(literal("null"), is("\nx = null\n"));
    }

    @Test
    void addressesAreCutInFrontOfTheResource() {
        assertThat(PlanReader.moduleOf("a.b[0]"), is(""));
        assertThat(PlanReader.moduleOf("module.m.data.a.b"), is("module.m"));
        assertThat(
                PlanReader.moduleOf("module.m[\"x.y\\\".z\"].module.n[1].a.b[\"module.q\"]"),
                is("module.m[\"x.y\\\".z\"].module.n[1]"));
    }

    @Test
    void plan() throws IOException {
        String mock = mock(PlanMock::write);

        assertLines(mock);
        assertThat(mock, containsString("\nterraform_version = \"1.11.4\"\n"));
        assertThat(mock, containsString("\nresource_drift = {}\n"));
        assertThat(mock, containsString("\t\"terraform_data.a:00000001\": {"));
        assertThat(mock, containsString("\t\"size\": {\n\t\t\"name\": \"size\",\n\t\t\"value\": 3,\n\t},"));
        assertThat(mock, containsString("\t\t\"change\": {\n\t\t\t\"actions\": [\n\t\t\t\t\"create\",\n\t\t\t],"));
        assertThat(mock, containsString("\t\t\t\"module_address\": \"module.m[\\\"x.y\\\"]\","));
        assertThat(mock, containsString("\nraw = {\n\t\"format_version\": \"1.2\","));
    }

    @Test
    void state() throws IOException {
        String mock = mock(StateMock::write);

        assertThat(mock, is("\nterraform_version = \"1.10.0\"\n\nresources = {}\n\noutputs = {}\n"));
    }

    @Test
    void configuration() throws IOException {
        String mock = mock(ConfigurationMock::write);

        assertLines(mock);
        assertThat(mock, startsWith("import \"strings\"\n"));
        assertThat(mock, containsString("\t\"aws\": {\n\t\t\"alias\": \"\",\n\t\t\"config\": {\n\t\t\t\"region\": {"));
        assertThat(
                mock,
                containsString("\t\"module.m.terraform_data.b\": {\n\t\t\"address\": \"module.m.terraform_data.b\","));
        assertThat(mock, containsString("\t\"terraform_data.a:0\": {"));
        assertThat(mock, containsString("\t\"module.m:w\": {"));
        assertThat(mock, containsString("\t\"module.m.module.deep:v\": {"));
        assertThat(mock, containsString("\t\"m\": {\n\t\t\"config\": {},"));
        assertThat(mock, containsString("\t\"module.m:deep\": {"));
        assertThat(mock, not(containsString("\"module\": {")));
    }
}
