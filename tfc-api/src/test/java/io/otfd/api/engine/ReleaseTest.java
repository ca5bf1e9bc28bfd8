package io.otfd.api.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.otfd.workspace.Engine;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleaseTest {

    @Test
    void archivesAreNamedAsTheyArePublished() {
        assertThat(
                Release.of(Engine.TOFU, "1.12.6-dev", "linux_amd64").map(Release::archive),
                is(Optional.of("tofu_1.12.6-dev_linux_amd64.zip")));
    }

    /** Version and platform come from users and agents, and become names of files. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "~> 1.9|linux_amd64",
                "1.9.8|linux_../../etc",
                "1.9.8|linux",
                "1.9.8-../x|linux_amd64",
                "1.9.8|linux_amd64~",
                "1.9.8|linux_AMD64"
            })
    void thereIsNoReleaseOfThat(String version, String platform) {
        assertThat(Release.of(Engine.TERRAFORM, version, platform), is(Optional.empty()));
    }
}
