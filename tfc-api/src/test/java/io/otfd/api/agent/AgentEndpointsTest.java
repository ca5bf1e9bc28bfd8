package io.otfd.api.agent;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentEndpointsTest {

    /** An idle agent says nothing between two heartbeats: a server that gives up early must ask for them early. */
    @ParameterizedTest
    @CsvSource({"PT30S, 10", "PT10M, 10", "PT12S, 4", "PT2S, 1", "PT0.5S, 1"})
    void agentsAreAskedToSpeakBeforeTheyAreMissed(Duration silence, int seconds) {
        assertThat(AgentEndpoints.heartbeatSeconds(silence), is(seconds));
    }
}
