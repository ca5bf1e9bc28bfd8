package io.otfd.api;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.otfd.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PatchTest {

    private static Patch patch(String attributes) {
        return document("{\"data\":{\"attributes\":" + attributes + "}}");
    }

    private static Patch document(String json) {
        return Patch.of(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void absentKeepsWhatIsThere() {
        Patch patch = patch("{}");

        assertThat(patch.text("a", "before"), is("before"));
        assertThat(patch.flag("a", true), is(true));
        assertThat(patch.optionalText("a", Optional.of("before")), is(Optional.of("before")));
        assertThat(patch.texts("a", List.of("x")), is(List.of("x")));
        assertThat(patch.mentions("a"), is(false));
    }

    @Test
    void nullClearsWhatMayBeEmpty() {
        Patch patch = patch("{\"a\":null}");

        assertThat(patch.optionalText("a", Optional.of("before")), is(Optional.empty()));
        assertThat(patch.optionalInteger("a", Optional.of(1)), is(Optional.empty()));
        assertThat(patch.text("a", "before"), is("before"));
        assertThat(patch.mentions("a"), is(true));
    }

    @Test
    void aValueReplaces() {
        Patch patch = patch("{\"a\":\"x\",\"n\":5,\"f\":false,\"l\":[]}");

        assertThat(patch.text("a", "before"), is("x"));
        assertThat(patch.optionalInteger("n", Optional.empty()), is(Optional.of(5)));
        assertThat(patch.flag("f", true), is(false));
        assertThat(patch.texts("l", List.of("x")), is(List.of()));
    }

    @Test
    void aWrongTypeIsRefusedWithAPointer() {
        Refusal.Invalid refusal = assertThrows(
                Refusal.Invalid.class, () -> patch("{\"auto-apply\":\"yes\"}").flag("auto-apply", false));

        assertThat(refusal.pointer(), is(Optional.of("/data/attributes/auto-apply")));
        assertThat(refusal.getMessage(), is("Auto apply must be true or false"));
    }

    @Test
    void fractionsAndNegativesAreNoWholeNumbers() {
        assertThrows(Refusal.Invalid.class, () -> patch("{\"n\":1.5}").requiredInteger("n"));
        assertThrows(Refusal.Invalid.class, () -> patch("{\"n\":-1}").requiredInteger("n"));
        assertThrows(
                Refusal.Invalid.class,
                () -> patch("{\"n\":99999999999999999999}").requiredInteger("n"));
    }

    @Test
    void relationshipsAreAbsentNullOrAnId() {
        assertThat(document("{\"data\":{}}").relates("pool"), is(false));
        Patch cleared = document("{\"data\":{\"relationships\":{\"pool\":{\"data\":null}}}}");
        assertThat(cleared.relates("pool"), is(true));
        assertThat(cleared.reference("pool"), is(Optional.empty()));
        Patch set = document("{\"data\":{\"relationships\":{\"pool\":{\"data\":{\"id\":\"apool-1\"}}}}}");
        assertThat(set.reference("pool"), is(Optional.of("apool-1")));
    }

    @Test
    void brokenDocumentsAreMalformed() {
        assertThrows(Refusal.Malformed.class, () -> document("{"));
        assertThrows(Refusal.Malformed.class, () -> document(""));
        assertThrows(Refusal.Malformed.class, () -> document("[]"));
        assertThrows(Refusal.Invalid.class, () -> document("{}"));
    }
}
