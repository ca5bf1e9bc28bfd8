package io.otfd.workspace;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.otfd.Refusal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TerraformVersionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "~> 1.11.0|true",
                "~> 1.11|true",
                "~> 1|true",
                "~> 1.10.0|false",
                "~> 1.12|false",
                ">= 1.5, < 2.0|true",
                ">= 1.5, < 1.11|false",
                "!= 1.11.4|false",
                "= 1.11.4|true"
            })
    void constraintsOf1_11_4(String constraint, boolean satisfied) {
        assertThat(TerraformVersion.satisfies("1.11.4", constraint), is(satisfied));
    }

    /** Of a server with one version and several that it can give out. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.15.4|0.15.4", // is kept
                "latest|1.11.4", // is the server's own
                ">= 1.0|1.11.4",
                "~> 1.9.0|1.9.10",
                "~> 1.9|1.11.4",
                "~> 1.12|1.12.0",
                "~> 1.13|~> 1.13" // is the agent's matter
            })
    void wantedIsResolved(String wanted, String version) {
        List<String> available = List.of("1.9.10", "1.9.9", "1.10.0", "1.12.0", "1.12.1-rc1");

        assertThat(TerraformVersion.resolve(wanted, Optional.of("1.11.4"), available), is(version));
    }

    @Test
    void withoutAnEngineOfItsOwnTheNewestIsLatest() {
        assertThat(TerraformVersion.resolve("latest", Optional.empty(), List.of("1.9.9", "1.9.10")), is("1.9.10"));
        assertThat(TerraformVersion.resolve("latest", Optional.empty(), List.of()), is(">= 0"));
    }

    @Test
    void aBuildFromSourceSatisfiesWhatItsReleaseWould() {
        assertThat(
                TerraformVersion.resolve("~> 1.12.0", Optional.of("1.12.6-dev"), List.of("1.12.5")), is("1.12.6-dev"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonexisting", "", "1.x", ">= ", "1.2.3.4"})
    void nonsenseIsRefused(String text) {
        assertThrows(Refusal.Invalid.class, () -> TerraformVersion.check(text));
    }
}
