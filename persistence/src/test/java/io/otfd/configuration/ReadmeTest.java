package io.otfd.configuration;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.otfd.blob.Spool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    private static final Optional<String> ROOT = Optional.empty();

    private interface Entries {
        void write(TarArchiveOutputStream tar) throws IOException;
    }

    private static Spool archive(Entries entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            entries.write(tar);
        }
        return Spool.of(bytes.toByteArray());
    }

    private static void file(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static void file(TarArchiveOutputStream tar, String name, String content) throws IOException {
        file(tar, name, content.getBytes(StandardCharsets.UTF_8));
    }

    private static void link(TarArchiveOutputStream tar, String name, String target) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
        entry.setLinkName(target);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    @Test
    void itIsTheOneBesideTheConfigurationThatRuns() throws IOException {
        Spool archive = archive(tar -> {
            file(tar, "main.tf", "");
            file(tar, "./README.md", "# Root");
            file(tar, "envs/prod/README.md", "# Prod ü");
            file(tar, "docs/README.md", "# Docs");
        });

        assertThat(Readme.of(archive, ROOT), is(Optional.of("# Root")));
        assertThat(Readme.of(archive, Optional.of("/envs/prod/")), is(Optional.of("# Prod ü")));
        assertThat(Readme.of(archive, Optional.of("envs")), is(Optional.empty()));
    }

    @Test
    void whatIsNoFileOrNoTextIsNone() throws IOException {
        assertThat(Readme.of(archive(tar -> link(tar, "README.md", "/etc/passwd")), ROOT), is(Optional.empty()));
        assertThat(
                Readme.of(archive(tar -> file(tar, "README.md", new byte[] {(byte) 0xc3, 0x28})), ROOT),
                is(Optional.empty()));
        assertThat(Readme.of(archive(tar -> file(tar, "README.md", "a\0b")), ROOT), is(Optional.empty()));
        assertThat(
                Readme.of(archive(tar -> file(tar, "README.md", "a".repeat(512 * 1024 + 1))), ROOT),
                is(Optional.empty()));
        assertThat(Readme.of(archive(tar -> file(tar, "README", "no Markdown")), ROOT), is(Optional.empty()));
    }

    @Test
    void anArchiveThatIsNoneHasNone() {
        assertThat(Readme.of(Spool.of(new byte[] {1, 2, 3}), ROOT), is(Optional.empty()));
        assertThat(Readme.of(Spool.of("README.md".getBytes(StandardCharsets.UTF_8)), ROOT), is(Optional.empty()));
    }

    /** Eighty megabytes of nothing, which take eighty kilobytes. */
    @Test
    void itIsNotLookedForWithoutEnd() throws IOException {
        Spool archive = archive(tar -> {
            file(tar, "A.bin", new byte[80 << 20]);
            file(tar, "README.md", "# Too late");
        });

        assertThat(Readme.of(archive, ROOT), is(Optional.empty()));
    }
}
