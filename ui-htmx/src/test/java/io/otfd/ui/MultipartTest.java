package io.otfd.ui;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.otfd.Refusal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MultipartTest {

    private static final String TYPE = "multipart/form-data; boundary=----edge7";
    private static final String FIELD = "------edge7\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n";
    private static final String FILE =
            "------edge7\r\nContent-Disposition: form-data; name=\"archive\"; filename=\"name=x\"\r\nContent-Type: a/b\r\n\r\n";
    private static final String END = "\r\n------edge7--\r\n";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A body that comes in small pieces, as a network gives it. */
    private static Multipart parts(byte[] body) {
        return Multipart.of(TYPE, new ByteArrayInputStream(body) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(length, 7));
            }
        });
    }

    private static String text(InputStream content) throws IOException {
        return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void fieldsComeBeforeTheFile() throws IOException {
        byte[] file = new byte[200_000];
        new Random(1).nextBytes(file);
        System.arraycopy(bytes("\r\n------edge\r\n----"), 0, file, 65_530, 18);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(bytes(FIELD.formatted("csrf", "tökén\r\nof two lines")));
        body.writeBytes(bytes(FIELD.formatted("empty", "")));
        body.writeBytes(bytes(FILE));
        body.writeBytes(file);
        body.writeBytes(bytes(END));

        Multipart parts = parts(body.toByteArray());

        Multipart.Part first = parts.next().orElseThrow();
        assertThat(first.name(), is("csrf"));
        assertThat(first.isFile(), is(false));
        assertThat(text(first.content()), is("tökén\r\nof two lines"));
        assertThat(text(parts.next().orElseThrow().content()), is(""));
        Multipart.Part last = parts.next().orElseThrow();
        assertThat(last.name(), is("archive"));
        assertThat(last.isFile(), is(true));
        assertArrayEquals(file, last.content().readAllBytes());
        assertThat(parts.next().isEmpty(), is(true));
    }

    @Test
    void whatIsNotReadIsPassedOver() throws IOException {
        Multipart parts = parts(bytes("preamble\r\n" + FIELD.formatted("a", "x".repeat(100_000))
                + FIELD.formatted("b", "y") + "------edge7--"));

        parts.next();

        assertThat(text(parts.next().orElseThrow().content()), is("y"));
    }

    @Test
    void brokenFormsAreTheClientsMistake() throws IOException {
        assertThrows(Refusal.Malformed.class, () -> Multipart.of("text/plain", InputStream.nullInputStream()));
        assertThrows(Refusal.Malformed.class, () -> parts(new byte[0]).next());
        assertThrows(Refusal.Malformed.class, () -> parts(bytes("------edge7")).next());
        assertThrows(
                Refusal.Malformed.class,
                () -> parts(bytes("------edge7\r\n" + "x".repeat(10_000))).next());
        Multipart.Part cut = parts(bytes(FILE + "half of")).next().orElseThrow();
        assertThrows(Refusal.Malformed.class, () -> cut.content().readAllBytes());
    }
}
