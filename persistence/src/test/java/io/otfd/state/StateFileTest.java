package io.otfd.state;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.otfd.Refusal;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateFileTest {

    private static StateFile parse(String text) {
        return StateFile.parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void summaryIsReadWithoutTheAttributes() {
        StateFile file = parse("""
                {"version": 4, "terraform_version": "1.11.4", "serial": 7, "lineage": "l",
                 "resources": [
                   {"mode": "managed", "type": "t", "name": "a", "provider": "p", "each": {"x": [1]},
                    "instances": [{"attributes": {"instances": [1, 2, 3]}}, {}]},
                   {"mode": "data", "type": "d", "name": "b", "module": "module.m", "instances": [{}]}],
                 "outputs": {"z": {"value": {"a": [1, "x"]}, "type": ["object", {"a": ["tuple", ["number", "string"]]}]},
                             "a": {"value": "v", "type": "string", "sensitive": true}},
                 "check_results": null}""");

        assertThat(file.serial(), is(7L));
        assertThat(file.lineage(), is("l"));
        assertThat(file.terraformVersion(), is("1.11.4"));
        assertThat(file.resourceCount(), is(2));
        assertThat(
                file.resources(),
                is(
                        "[{\"name\":\"a\",\"type\":\"t\",\"count\":2,\"module\":\"root\",\"provider\":\"p\"},"
                                + "{\"name\":\"b\",\"type\":\"data.d\",\"count\":1,\"module\":\"module.m\",\"provider\":\"\"}]"));
        assertThat(file.outputs().stream().map(StateFile.Output::name).toList().toString(), is("[a, z]"));
        assertThat(file.outputs().getFirst().sensitive(), is(true));
        assertThat(file.outputs().getLast().type(), is("map"));
        assertThat(file.outputs().getLast().value(), is("{\"a\":[1,\"x\"]}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "[]",
                "7",
                "{}",
                "{\"version\": 4}",
                "{\"version\": 4, \"serial\": 1",
                "{\"version\": 4, \"serial\": 1} {}",
                "{\"version\": 4, \"serial\": 1.5}",
                "{\"version\": 4, \"serial\": \"1\"}",
                "{\"version\": 4, \"serial\": 1e99}",
                "{\"version\": 4, \"serial\": 1, \"resources\": [1]}",
                "{\"version\": 4, \"serial\": 1, \"outputs\": {\"a\": 1}}",
                "{\"version\": 5, \"serial\": 1}",
            })
    void whatIsNoStateIsRefused(String text) {
        Refusal refused = assertThrows(Refusal.Invalid.class, () -> parse(text));
        assertThat(refused.getMessage(), startsWith("The state "));
    }
}
