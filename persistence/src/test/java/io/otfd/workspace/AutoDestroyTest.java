package io.otfd.workspace;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A value of its own and the project's exclude each other. */
class AutoDestroyTest {

    private static final Instant AT = Instant.parse("2100-01-01T00:00:00Z");

    /** Columns: at, duration and inheritance before; at, duration and inheritance wanted; what follows. */
    @ParameterizedTest
    @CsvSource({
        "-,  -,  true,  -,  -,  -,     - - true",
        "-,  -,  true,  at, -,  -,     at - false",
        "-,  -,  true,  -,  3d, -,     - 3d false",
        "at, -,  false, -,  -,  -,     - - true",
        "-,  3d, false, -,  -,  -,     - - true",
        "at, 3d, false, -,  3d, -,     - 3d false",
        "-,  3d, false, -,  3d, -,     - 3d false",
        "-,  3d, false, -,  3d, true,  - - true",
        "-,  3d, false, -,  -,  false, - - false",
        "-,  -,  true,  -,  -,  false, - - false",
        "-,  -,  false, -,  -,  -,     - - false",
        "-,  -,  false, -,  -,  true,  - - true",
        "-,  -,  true,  -,  3d, false, - 3d false",
        "-,  -,  true,  -,  3d, true,  - 3d false",
    })
    void ownValueEndsInheritance(
            String at,
            String duration,
            boolean inherits,
            String newAt,
            String newDuration,
            String wanted,
            String expected) {
        AutoDestroy before = new AutoDestroy(at(at), text(duration), inherits);

        AutoDestroy after =
                before.with(at(newAt), text(newDuration), text(wanted).map(Boolean::valueOf));

        assertThat(
                after.at().map(it -> "at").orElse("-") + " "
                        + after.activityDuration().orElse("-") + " " + after.inherits(),
                is(expected));
    }

    private static Optional<Instant> at(String text) {
        return text.equals("-") ? Optional.empty() : Optional.of(AT);
    }

    private static Optional<String> text(String text) {
        return text.equals("-") ? Optional.empty() : Optional.of(text);
    }
}
