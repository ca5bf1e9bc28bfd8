package io.otfd.database;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The operating system and processor that the PostgreSQL binaries must fit. */
record EmbeddedPlatform(String system, String processor, boolean musl) {

    static EmbeddedPlatform current() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"), musl(Path.of("/lib")));
    }

    static EmbeddedPlatform of(String osName, String osArch, boolean musl) {
        String os = osName.toLowerCase(Locale.ROOT);
        String system = os.startsWith("mac") ? "darwin" : os.startsWith("windows") ? "windows" : os;
        String processor = switch (osArch) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> osArch;
        };
        return new EmbeddedPlatform(system, processor, musl);
    }

    private static boolean musl(Path lib) {
        try (DirectoryStream<Path> loaders = Files.newDirectoryStream(lib, "ld-musl-*")) {
            return loaders.iterator().hasNext();
        } catch (IOException e) {
            return false;
        }
    }

    /** Name of the archive inside the platform's jar of binaries. */
    String archive() {
        return "postgres-" + system + "-" + processor + (musl ? "-alpine_linux" : "") + ".txz";
    }

    @Override
    public String toString() {
        return system + " " + processor + (musl ? " (musl)" : "");
    }
}
