package io.otfd.ui;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import org.junit.jupiter.api.Test;

class CsrfTest {

    private static final String SECRET = "otfd.v1.one";

    @Test
    void aTokenFitsItsSessionOnly() {
        assertThat(Csrf.matches(SECRET, Csrf.token(SECRET)), is(true));
        assertThat(Csrf.matches("otfd.v1.two", Csrf.token(SECRET)), is(false));
        assertThat(Csrf.matches(SECRET, ""), is(false));
        assertThat(Csrf.matches(SECRET, SECRET), is(false));
    }

    @Test
    void aTokenDoesNotTellTheSecret() {
        assertThat(Csrf.token(SECRET), not(containsString(SECRET)));
    }
}
