package io.otfd.conformance;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of the PATH, and those that a test puts before them. */
final class Programs {

    private Programs() {}

    /** Where it is, if it is on the PATH. */
    static Optional<Path> find(String name) {
        return directories()
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Environment with a PATH on which this program comes first. */
    static Map<String, String> first(Path program) {
        return first(program, System.getenv("PATH"));
    }

    /** @param path what comes after it */
    static Map<String, String> first(Path program, String path) {
        return Map.of("PATH", program.getParent() + File.pathSeparator + path);
    }

    static Stream<String> directories() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator));
    }
}
