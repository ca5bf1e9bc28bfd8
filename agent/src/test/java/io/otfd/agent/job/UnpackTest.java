package io.otfd.agent.job;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.otfd.agent.Archives;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackTest {

    @TempDir
    Path around;

    private Path root;

    @BeforeEach
    void makeRoot() throws IOException {
        root = Files.createDirectory(around.resolve("root"));
    }

    @Test
    void filesDirectoriesAndLinksInsideAreKept() throws Exception {
        byte[] archive = new Archives()
                .file("./a/b/main.tf", "x")
                .symlink("a/link.tf", "b/main.tf")
                .symlink("dangling", "a/nothing")
                .special("a/hard.tf", TarConstants.LF_LINK, "a/b/main.tf")
                .special("empty/", TarConstants.LF_DIR, "")
                .bytes();

        unpack(archive);

        assertThat(Files.readString(root.resolve("a/b/main.tf")), equalTo("x"));
        assertThat(Files.readSymbolicLink(root.resolve("a/link.tf")), equalTo(Path.of("b/main.tf")));
        assertThat(Files.isSymbolicLink(root.resolve("dangling")), is(true));
        assertThat(Files.readString(root.resolve("a/hard.tf")), equalTo("x"));
        assertThat(Files.isDirectory(root.resolve("empty")), is(true));
    }

    @Test
    void theLastOfTwoEntriesWins() throws Exception {
        unpack(new Archives()
                .file("real", "1")
                .symlink("same", "real")
                .file("same", "2")
                .bytes());

        assertThat(Files.readString(root.resolve("real")), equalTo("1"));
        assertThat(Files.readString(root.resolve("same")), equalTo("2"));
    }

    @Test
    void setIdBitsAreDropped() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            TarArchiveEntry entry = new TarArchiveEntry("tool");
            entry.setMode(06755);
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
        }

        unpack(bytes.toByteArray());

        assertThat(
                Files.getPosixFilePermissions(root.resolve("tool")),
                equalTo(PosixFilePermissions.fromString("rwxr-xr-x")));
        assertThat((int) Files.getAttribute(root.resolve("tool"), "unix:mode") & 07000, is(0));
    }

    @Test
    void namesThatLeadOutAreRefused() throws Exception {
        refuses(new Archives().file("../evil", "x"), "\"../evil\"");
        refuses(new Archives().file("a/../../evil", "x"), "\"a/../../evil\"");
        refuses(new Archives().file("/evil", "x"), "\"/evil\"");
        refuses(new Archives().special("../evil/", TarConstants.LF_DIR, ""), "\"../evil/\"");
    }

    @Test
    void linksThatLeadOutAreRefused() throws Exception {
        refuses(new Archives().symlink("link", "/etc/passwd"), "\"link\"");
        refuses(new Archives().symlink("link", "../outside"), "\"link\"");
        refuses(new Archives().symlink("a/link", "../../outside"), "\"a/link\"");
        refuses(new Archives().symlink("loop", "loop"), "\"loop\"");
    }

    @Test
    void linksThatLeadOutOnlyTogetherAreRefused() throws Exception {
        refuses(
                new Archives()
                        .file("d/file", "x")
                        .symlink("d/up", "..")
                        .symlink("out", "d/up/../..")
                        .file("z", "x"),
                "\"out\"");
        refuses(new Archives().file("d/file", "x").symlink("d/up", "..").symlink("out", "d/up/.."), "\"out\"");
    }

    @Test
    void writingThroughALinkIsRefused() throws Exception {
        Files.createDirectory(around.resolve("outside"));

        refuses(new Archives().symlink("d", ".").file("d/evil", "x"), "\"d/evil\"");
        refuses(new Archives().file("f", "x").file("f/evil", "x"), "\"f/evil\"");
    }

    @Test
    void hardLinksToAnythingElseAreRefused() throws Exception {
        Files.writeString(around.resolve("secret"), "secret");

        refuses(new Archives().special("hard", TarConstants.LF_LINK, "../secret"), "\"../secret\"");
        refuses(new Archives().special("hard", TarConstants.LF_LINK, "/etc/passwd"), "\"/etc/passwd\"");
        refuses(new Archives().symlink("link", "nothing").special("hard", TarConstants.LF_LINK, "link"), "\"hard\"");
    }

    @Test
    void devicesAndPipesAreRefused() throws Exception {
        refuses(new Archives().special("pipe", TarConstants.LF_FIFO, ""), "\"pipe\"");
        refuses(new Archives().special("disk", TarConstants.LF_BLK, ""), "\"disk\"");
        refuses(new Archives().special("tty", TarConstants.LF_CHR, ""), "\"tty\"");
    }

    @Test
    void tooManyEntriesAreRefused() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            for (int i = 0; i <= Unpack.MAX_ENTRIES; i++) {
                tar.putArchiveEntry(new TarArchiveEntry("d/", TarConstants.LF_DIR));
                tar.closeArchiveEntry();
            }
        }

        assertThat(failure(bytes.toByteArray()), containsString("more than 100000 entries"));
    }

    @Test
    void bombsAreRefused() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] zeros = new byte[1 << 20];
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            TarArchiveEntry entry = new TarArchiveEntry("zeros");
            entry.setSize(200L << 20);
            tar.putArchiveEntry(entry);
            for (int i = 0; i < 200; i++) {
                tar.write(zeros);
            }
            tar.closeArchiveEntry();
        }

        assertThat(failure(bytes.toByteArray()), containsString("compressed beyond all measure at \"zeros\""));
        try (Stream<Path> files = Files.list(root)) {
            assertThat(files.mapToLong(file -> file.toFile().length()).sum() < 100L << 20, is(true));
        }
    }

    @Test
    void bottomlessDirectoriesAreRefused() throws Exception {
        refuses(new Archives().file("d/".repeat(Unpack.MAX_DEPTH) + "f", "x"), "deeper than 100 directories");
    }

    @Test
    void damagedArchivesAreRefused() throws Exception {
        byte[] archive = new Archives().file("main.tf", "x".repeat(5000)).bytes();

        assertThat(failure(Arrays.copyOf(archive, archive.length / 2)), containsString("could not be unpacked"));
        assertThat(failure("no archive".getBytes(StandardCharsets.UTF_8)), containsString("could not be unpacked"));
    }

    private void unpack(byte[] archive) throws JobFailure {
        Unpack.into(root, new ByteArrayInputStream(archive), "The configuration");
    }

    private String failure(byte[] archive) {
        return assertThrows(JobFailure.class, () -> unpack(archive)).getMessage();
    }

    /** Nothing appears beside the root, and the sentence names the entry. */
    private void refuses(Archives archive, String part) throws IOException {
        List<String> before = around();

        String sentence = failure(archive.bytes());

        assertThat(sentence, allOf(containsString("The configuration was refused: "), containsString(part)));
        assertThat(around().stream().filter(name -> !before.contains(name)).toList(), is(empty()));
        Trees.delete(root);
        Files.createDirectory(root);
    }

    private List<String> around() throws IOException {
        try (Stream<Path> entries = Files.list(around)) {
            return entries.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
