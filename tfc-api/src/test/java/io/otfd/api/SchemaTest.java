package io.otfd.api;

import static io.otfd.api.Schema.FLAG;
import static io.otfd.api.Schema.FLAGS;
import static io.otfd.api.Schema.TEXT;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A document that is not what is declared fails every test that asks for it. */
class SchemaTest {

    private static final Schema THINGS = Schema.of("things")
            .writable(TEXT, "name")
            .readOnly(FLAG.orNull(), "shiny")
            .readOnly(FLAGS, "permissions")
            .one("owner", "users", "teams")
            .many("parts", "parts")
            .sometimes("parts");

    private static Resource thing() {
        return new Resource(THINGS, "thing-1")
                .attribute("name", "a")
                .attribute("shiny", Optional.empty())
                .attribute("permissions", Map.of("can-shine", true))
                .toOne("owner", "teams", "team-1");
    }

    private static void refused(Resource resource, String why) {
        AssertionError refusal = assertThrows(AssertionError.class, () -> JsonApi.resource(resource));

        assertThat(refusal.getMessage(), containsString(why));
    }

    @Test
    void whatIsDeclaredIsWritten() {
        assertThat(JsonApi.resource(thing()).status(), is(200));
        assertThat(
                JsonApi.resource(thing().toManyIds("parts", "parts", List.of("p")))
                        .status(),
                is(200));
    }

    @Test
    void attributesAreAllThereAndNoOthers() {
        refused(thing().attribute("other", 1), "things.other is not declared");
        refused(new Resource(THINGS, "thing-1").toOne("owner", "users", "u"), "things lacks name");
    }

    @Test
    void valuesAreOfTheirKind() {
        refused(thing().attribute("name", 7), "things.name");
        refused(thing().attribute("name", null), "things.name");
        refused(thing().attribute("shiny", "yes"), "things.shiny");
        refused(thing().attribute("permissions", Map.of("can-shine", "yes")), "things.permissions");
    }

    @Test
    void relationshipsLeadWhereTheySay() {
        refused(thing().toOne("owner", "runs", "run-1"), "things.owner");
        refused(thing().toOne("owner", "users", Optional.empty()), "things.owner");
        refused(thing().toOne("parts", "parts", "p"), "things.parts");
        refused(thing().related("other", "/other"), "things.other");
        refused(thing().withoutData("owner"), "lacks the relationship owner");
    }
}
