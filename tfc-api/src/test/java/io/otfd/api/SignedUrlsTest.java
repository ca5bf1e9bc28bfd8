package io.otfd.api;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.otfd.Refusal;
import io.otfd.api.SignedUrls.Use;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SignedUrlsTest {

    private static final byte[] KEY = new byte[32];
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final Duration LIFETIME = Duration.ofHours(3);

    private Instant now = NOON;

    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };

    private final SignedUrls urls = new SignedUrls(KEY, clock);

    @Test
    void aUrlOpensWhatItNamesUntilItsTimeIsOver() {
        String signed = urls.signed(Use.READ_STATE, "sv-1", LIFETIME);

        now = NOON.plus(LIFETIME);
        assertThat(urls.verify(signed), is(new SignedUrls.Claim(Use.READ_STATE, "sv-1")));
        now = NOON.plus(LIFETIME).plus(Duration.ofHours(1));
        assertThat("it may live an hour longer", urls.verify(signed).id(), is("sv-1"));
        now = NOON.plus(LIFETIME).plus(Duration.ofHours(1)).plusSeconds(1);
        assertThrows(Refusal.NotFound.class, () -> urls.verify(signed));
    }

    /** Later ones are others, so a leaked one ends in any case. */
    @Test
    void aUrlIsTheSameWithinAnHour() {
        String first = urls.signed(Use.READ_LOG, "plan-1", LIFETIME);
        now = NOON.plus(Duration.ofMinutes(59));
        assertThat(urls.signed(Use.READ_LOG, "plan-1", LIFETIME), is(first));
        now = NOON.plus(Duration.ofMinutes(60));
        assertThat(urls.signed(Use.READ_LOG, "plan-1", LIFETIME), not(first));
    }

    @Test
    void theTimeCannotBeMovedNorAnotherKeyUsed() {
        String signed = urls.signed(Use.WRITE_LOG, "plan-1.2", LIFETIME);
        String later = signed.replaceFirst("~[a-z0-9]+\\.", "~zzzzzz.");
        byte[] other = {1};

        assertThat(later, not(signed));
        assertThrows(Refusal.NotFound.class, () -> urls.verify(later));
        assertThrows(Refusal.NotFound.class, () -> new SignedUrls(other, clock).verify(signed));
        assertThat(urls.verify(signed).jobClaim(), is(2));
    }
}
