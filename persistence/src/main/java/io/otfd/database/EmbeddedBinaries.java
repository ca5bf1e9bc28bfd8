package io.otfd.database;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The programs of PostgreSQL, unpacked from the class path.
 *
 * @param home directory with {@code bin}, {@code lib} and {@code share}
 * @param version such as {@code 18.6}
 */
record EmbeddedBinaries(Path home, String version) {

    private static final String VERSION_FILE = "version";

    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    String major() {
        return version.split("\\.", 2)[0];
    }

    /** Unpacks into a folder of {@code parent} that carries the archive's checksum, unless that was done before. */
    static EmbeddedBinaries unpack(Path parent, EmbeddedCommand command) throws IOException {
        EmbeddedPlatform platform = EmbeddedPlatform.current();
        URL archive = EmbeddedBinaries.class.getResource("/" + platform.archive());
        if (archive == null) {
            throw new EmbeddedPostgres.StartException("This build carries no PostgreSQL for " + platform + " ("
                    + platform.archive() + " is not on the class path). " + EmbeddedPostgres.EXTERNAL);
        }
        Path home = parent.resolve("bin-" + checksum(archive));
        if (!Files.exists(home.resolve(VERSION_FILE))) {
            Path fresh = Files.createTempDirectory(Files.createDirectories(parent), "bin-new-");
            try {
                extract(archive, fresh);
                // "postgres (PostgreSQL) 18.6"
                String output =
                        command.run(List.of(fresh.resolve("bin/postgres").toString(), "--version"));
                Files.writeString(fresh.resolve(VERSION_FILE), output.strip().replaceAll(".*\\s", ""));
                moveUnlessThere(fresh, home);
            } finally {
                delete(fresh);
            }
        }
        return new EmbeddedBinaries(home, Files.readString(home.resolve(VERSION_FILE)));
    }

    /** Deletes what other versions and broken attempts left in {@code parent}. */
    void deleteOthers(Path parent) throws IOException {
        try (Stream<Path> entries = Files.list(parent)) {
            for (Path entry : entries.toList()) {
                if (entry.getFileName().toString().startsWith("bin-") && !entry.equals(home)) {
                    delete(entry);
                }
            }
        }
    }

    /** A jar keeps the checksum in its directory, so that a later start need not read the archive. */
    private static String checksum(URL archive) throws IOException {
        URLConnection connection = archive.openConnection();
        connection.setUseCaches(false);
        if (connection instanceof JarURLConnection jar) {
            try (var file = jar.getJarFile()) {
                return String.format("%08x", file.getEntry(jar.getEntryName()).getCrc());
            }
        }
        try (CheckedInputStream in = new CheckedInputStream(archive.openStream(), new CRC32())) {
            in.transferTo(OutputStream.nullOutputStream());
            return String.format("%08x", in.getChecksum().getValue());
        }
    }

    private static void extract(URL archive, Path target) throws IOException {
        try (InputStream in = new BufferedInputStream(archive.openStream());
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(in))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = inside(target, target.resolve(entry.getName()));
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else if (wanted(entry.getName())) {
                    Files.createDirectories(path.getParent());
                    write(tar, entry, target, path);
                }
            }
        }
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path target, Path path)
            throws IOException {
        if (entry.isSymbolicLink()) {
            inside(target, path.resolveSibling(entry.getLinkName()));
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, path);
            boolean executable = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(
                    path,
                    executable
                            ? Set.of(
                                    PosixFilePermission.OWNER_READ,
                                    PosixFilePermission.OWNER_WRITE,
                                    PosixFilePermission.OWNER_EXECUTE)
                            : Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
        }
    }

    /** Files for linking other programs stay packed. */
    private static boolean wanted(String name) {
        return !name.endsWith(".a") && !name.contains("/pkgconfig/") && !name.contains("/pgxs/");
    }

    private static Path inside(Path target, Path path) throws IOException {
        if (!path.normalize().startsWith(target)) {
            throw new IOException("The PostgreSQL archive names a path outside of its folder: " + path);
        }
        return path;
    }

    private static void moveUnlessThere(Path fresh, Path home) throws IOException {
        try {
            Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            // Another process of the same user was faster.
            if (!Files.exists(home.resolve(VERSION_FILE))) {
                throw e;
            }
        }
    }

    static void delete(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.toList().reversed()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
