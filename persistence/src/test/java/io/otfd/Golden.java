package io.otfd;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that change on purpose only: {@code -Dgolden=write} writes them anew. */
public final class Golden {

    private Golden() {}

    public static void check(String name, String actual) throws IOException {
        Path file = Path.of("src/test/resources/golden", name);
        if ("write".equals(System.getProperty("golden"))) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, actual);
        }
        assertThat("golden/" + name, actual, is(Files.readString(file)));
    }
}
