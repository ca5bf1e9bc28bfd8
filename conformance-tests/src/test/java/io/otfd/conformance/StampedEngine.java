package io.otfd.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A terraform in front of the real one that writes down when it was started. */
final class StampedEngine {

    private final Path stamps;
    private final Path script;

    StampedEngine(Sandbox sandbox) {
        this.stamps = sandbox.write("stamps", "");
        this.script = sandbox.program(
                "bin/terraform", """
                #!/bin/sh
                echo "$(date +%%s%%N) $*" >> %s
                exec %s "$@"
                """.formatted(stamps, Terraform.executable().orElseThrow()));
    }

    /** Environment with a PATH on which this engine comes first. */
    Map<String, String> environment() {
        return Programs.first(script);
    }

    int count() {
        return lines().size();
    }

    /** How often it was started with arguments that begin so. */
    int count(String arguments) {
        return (int) lines().stream()
                .filter(line -> line.substring(line.indexOf(' ') + 1).startsWith(arguments))
                .count();
    }

    /** Nanoseconds of the wall clock when the engine was started for the nth time, counted from zero. */
    long start(int number) {
        return Long.parseLong(lines().get(number).split(" ")[0]);
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(stamps);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
