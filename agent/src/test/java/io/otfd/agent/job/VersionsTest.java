package io.otfd.agent.job;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.11.4|~> 1.11.0|true",
                "1.11.4|~> 1.10.0|false",
                "1.11.4|>= 1.5, < 1.11|false",
                "1.12.0-rc1|1.12.0|false",
                "1.12.0-rc1|~> 1.12|false",
                "1.12.0-rc1|1.12.0-rc1|true",
                // A build from source is what its source says.
                "1.12.6-dev|1.12.6|true",
                "1.12.6-dev|~> 1.12.6|true",
                "1.12.6-dev|1.12.6-dev|true",
                "1.12.6-dev|1.12.5|false",
                "1.12.6|1.12.6-dev|false",
                "1.11.4|latest|false"
            })
    void versionSatisfiesConstraint(String version, String constraint, boolean satisfied) {
        assertThat(Versions.satisfies(version, constraint), is(satisfied));
    }
}
