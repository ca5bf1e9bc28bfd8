package io.otfd.blob;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.otfd.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolTest {

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 512 * 1024, 512 * 1024 + 1, 3_000_000})
    void bytesCanBeReadTwice(int count) throws IOException {
        try (Spool spool = Spool.receive(new ByteArrayInputStream(bytes(count)), count)) {
            assertThat(spool.size(), is((long) count));
            for (int i = 0; i < 2; i++) {
                try (InputStream in = spool.open()) {
                    assertThat(in.readAllBytes(), is(bytes(count)));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 512 * 1024 + 1, 3_000_000})
    void whatIsMadeHereIsTheSame(int count) throws IOException {
        try (Spool received = Spool.receive(new ByteArrayInputStream(bytes(count)), count);
                Spool written = Spool.of(out -> {
                    out.write(bytes(count), 0, count / 2);
                    out.write(bytes(count), count / 2, count - count / 2);
                });
                InputStream in = written.open()) {
            assertThat(written.md5(), is(received.md5()));
            assertThat(in.readAllBytes(), is(bytes(count)));
        }
    }

    @Test
    void largeOneHasNoNameInTheFileSystem() throws IOException {
        try (Spool spool = Spool.receive(new ByteArrayInputStream(bytes(1_000_000)), 1_000_000)) {
            List<String> open = ofThisProcess();
            assertThat(open.size(), is(1));
            assertThat(open.getFirst(), endsWith("(deleted)"));
            assertThat(spool.size(), is(1_000_000L));
        }
        assertThat(ofThisProcess(), is(empty()));
    }

    /** What the kernel says that is open. */
    private static List<String> ofThisProcess() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.map(SpoolTest::target)
                    .filter(name -> name.contains("otfd-upload-"))
                    .toList();
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void moreThanTheLimitIsRefused() throws IOException {
        byte[] bytes = bytes(1_000_000);
        assertThrows(Refusal.TooLarge.class, () -> Spool.receive(new ByteArrayInputStream(bytes), 999_999));
        assertThat(ofThisProcess(), is(empty()));
    }
}
