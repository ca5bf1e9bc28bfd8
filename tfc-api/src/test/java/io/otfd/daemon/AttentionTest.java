package io.otfd.daemon;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AttentionTest {

    private final Attention attention = new Attention(at(0), Duration.ofSeconds(30));

    @Test
    void growsFromTheStart() {
        assertThat(attention.look(at(10)), is(Duration.ofSeconds(10)));
        assertThat(attention.look(at(20)), is(Duration.ofSeconds(20)));
    }

    @Test
    void beginsAnewAfterAStandstill() {
        attention.look(at(10));

        assertThat(attention.look(at(500)), is(Duration.ZERO));
        assertThat(attention.look(at(510)), is(Duration.ofSeconds(10)));
    }

    @Test
    void beginsAnewWhenTheDatabaseWasAway() {
        attention.look(at(10));
        attention.lost(at(20));

        assertThat(attention.look(at(25)), is(Duration.ofSeconds(5)));
    }

    private static long at(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
