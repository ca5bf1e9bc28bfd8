package io.otfd.workspace;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.otfd.Refusal;
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

    @Test
    void latestIsTheServersOwn() {
        assertThat(TerraformVersion.resolve("latest", "1.11.4"), is("1.11.4"));
    }

    @Test
    void anExactVersionIsKept() {
        assertThat(TerraformVersion.resolve("0.15.4", "1.11.4"), is("0.15.4"));
    }

    @Test
    void aConstraintThatTheServerCannotMeetIsTheAgentsMatter() {
        assertThat(TerraformVersion.resolve("~> 1.9.0", "1.11.4"), is("~> 1.9.0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonexisting", "", "1.x", ">= ", "1.2.3.4"})
    void nonsenseIsRefused(String text) {
        assertThrows(Refusal.Invalid.class, () -> TerraformVersion.check(text));
    }
}
