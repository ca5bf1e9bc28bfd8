package io.otfd.ui.log;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogCursorTest {

    @ParameterizedTest
    @ValueSource(strings = {"0", "4711", "12.bold.red", "1.faint.italic.underlined.gray"})
    void textAndCursorAreTheSame(String text) {
        assertThat(LogCursor.parse(text).toString(), is(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "x", "99999999999999999999", "\"><script>"})
    void nonsenseStartsFromTheStart(String text) {
        assertThat(LogCursor.parse(text), is(LogCursor.START));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7.evil", "7.\"onclick=", "7....", "7 "})
    void unknownStylesAreSkipped(String text) {
        assertThat(LogCursor.parse(text).toString(), is("7"));
    }
}
