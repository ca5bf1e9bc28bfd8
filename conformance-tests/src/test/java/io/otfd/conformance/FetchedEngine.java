package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The engine that a job names, fetched and verified by an agent that has none, and a directory that it works in. */
final class FetchedEngine {

    private final Path directory;
    private final Path executable;
    private int commands;

    private FetchedEngine(Path directory, Path executable) {
        this.directory = directory;
        this.executable = executable;
    }

    /** @param directory which need not exist yet */
    static FetchedEngine of(Api api, ForeignAgent.Job job, Path directory) {
        String url = job.data("terraform_url");
        assertThat(url, endsWith("/terraform_" + job.data("terraform_version") + "_" + platform() + ".zip"));
        byte[] zip = api.anonymous()
                .urlEncodingEnabled(false)
                .get(url)
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
        assertThat(Releases.sha256(zip), equalTo(job.data("terraform_checksum")));
        try {
            Files.createDirectories(directory.resolve("work"));
            Path archive = Files.write(directory.resolve("engine.zip"), zip);
            Path executable = directory.resolve("terraform");
            // With its mode: not every agent makes the program executable itself.
            try (FileSystem content = FileSystems.newFileSystem(archive, Map.of("enablePosixFileAttributes", true))) {
                Path packed = content.getPath("/terraform");
                Files.copy(packed, executable);
                Files.setPosixFilePermissions(executable, Files.getPosixFilePermissions(packed));
            }
            return new FetchedEngine(directory, executable);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private static String platform() {
        return "linux_" + ForeignAgent.ARCH;
    }

    /** What it printed. It must succeed. */
    String run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(executable.toString()));
        command.addAll(Arrays.asList(arguments));
        return started(command);
    }

    private String started(List<String> command) {
        Path output = directory.resolve("out-" + ++commands);
        Map<String, String> environment = ChildProcess.environment(directory, Terraform.away());
        try (ChildProcess process = ChildProcess.start(
                command.getFirst(),
                command,
                directory.resolve("work"),
                environment,
                output,
                directory.resolve("errors.log"))) {
            int exit = process.awaitExit(Eventually.PATIENCE);
            assertThat(command + ": " + process.output() + process.errors(), exit, equalTo(0));
            return process.output();
        }
    }

    /** Fills the directory. */
    void unpack(byte[] archive) {
        Path file = directory.resolve("archive.tar.gz");
        try {
            Files.write(file, archive);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        started(List.of("tar", "-xzf", file.toString()));
    }

    /** The directory. */
    byte[] pack() {
        Path file = directory.resolve("filesystem.tar.gz");
        started(List.of("tar", "-czf", file.toString(), "."));
        return read(file);
    }

    byte[] file(String name) {
        return read(directory.resolve("work").resolve(name));
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
