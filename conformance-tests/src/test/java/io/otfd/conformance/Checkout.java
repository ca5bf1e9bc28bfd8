package io.otfd.conformance;

import java.nio.file.Files;
import java.nio.file.Path;

/** The repository these tests run in; the programs under test are started from its root as a user would. */
final class Checkout {

    private Checkout() {}

    static Path root() {
        Path directory = Path.of(System.getProperty("user.dir")).toAbsolutePath();
        while (directory != null) {
            if (Files.isDirectory(directory.resolve("conformance-tests"))
                    && Files.isRegularFile(directory.resolve("build"))) {
                return directory;
            }
            directory = directory.getParent();
        }
        throw new IllegalStateException("not inside the repository: " + System.getProperty("user.dir"));
    }

    /** Path of one of the scripts at the root: otfd or otf-agent. */
    static String script(String name) {
        return root().resolve(name).toString();
    }
}
