package io.otfd.registrymodule;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.otfd.Refusal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleVersionTest {

    /** The example of https://semver.org, §11, and numbers that no int holds. */
    @Test
    void orderIsThatOfSemanticVersioning() {
        List<String> ordered = List.of(
                "0.9.0",
                "1.0.0-alpha",
                "1.0.0-alpha.1",
                "1.0.0-alpha.beta",
                "1.0.0-beta",
                "1.0.0-beta.2",
                "1.0.0-beta.11",
                "1.0.0-rc.1",
                "1.0.0",
                "1.2.0",
                "1.10.0",
                "2.0.0",
                "99999999999999999999.0.0");
        List<ModuleVersion> shuffled =
                new ArrayList<>(ordered.stream().map(ModuleVersion::new).toList());
        Collections.shuffle(shuffled);

        assertThat(shuffled.stream().sorted().map(ModuleVersion::text).toList(), is(ordered));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1", "1.2", "v1.2.3", "1.2.3.4", "01.2.3", "1.2.3-", "1.2.3+", "1.2.3 ", "1.2.x", "../1.2.3"
            })
    void othersAreRefused(String text) {
        assertThrows(Refusal.Invalid.class, () -> new ModuleVersion(text));
    }

    @Test
    void preReleasesAreTold() {
        assertThat(new ModuleVersion("1.2.3-alpha+feature").isPreRelease(), is(true));
        assertThat(new ModuleVersion("1.2.3+feature-1").isPreRelease(), is(false));
    }
}
