package io.otfd.ui;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.otfd.Refusal;
import java.io.ByteArrayInputStream;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormTest {

    @Test
    void fieldsAreDecodedAndTheFirstCounts() {
        Form form = Form.parse("name=a+b%2Bc&name=other&empty=&flag");

        assertThat(form.first("name"), is(Optional.of("a b+c")));
        assertThat(form.first("empty"), is(Optional.empty()));
        assertThat(form.first("flag"), is(Optional.empty()));
        assertThat(form.first("missing"), is(Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"search=%", "search=%zz", "%=1", "search=%00"})
    void brokenEscapesAreTheVisitorsMistake(String query) {
        assertThrows(Refusal.Malformed.class, () -> Form.parse(query));
    }

    @Test
    void largeBodiesAreRefused() {
        ByteArrayInputStream body = new ByteArrayInputStream(new byte[Form.MAX_BYTES + 1]);

        assertThrows(Refusal.TooLarge.class, () -> Form.read(body));
    }
}
