package io.otfd;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Files that change on purpose only: {@code -Dgolden=write} writes them anew. */
public final class Golden {

    private Golden() {}

    public static void check(String name, String actual) throws IOException {
        Path file = Path.of("src/test/resources/golden", name);
        if ("write".equals(System.getProperty("golden"))) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, actual);
        }
        String expected = Files.readString(file);
        assertThat("golden/" + name + " does not have", beyond(expected, actual), is(""));
        assertThat("golden/" + name + " has in excess", beyond(actual, expected), is(""));
        assertThat("golden/" + name + " in order", actual.equals(expected), is(true));
    }

    /** Lines of the second text that the first lacks: a whole file in a failure hides what has changed. */
    private static String beyond(String known, String text) {
        Set<String> lines = text.lines().collect(Collectors.toCollection(LinkedHashSet::new));
        known.lines().forEach(lines::remove);
        return String.join("\n", lines);
    }
}
