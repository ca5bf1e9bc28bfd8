package io.otfd.registrymodule;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.otfd.blob.Spool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;

class ModuleArchiveTest {

    private interface Entries {
        void write(TarArchiveOutputStream tar) throws IOException;
    }

    private static byte[] bytes(Entries entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            file(tar, "main.tf", 10);
            entries.write(tar);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    private static Optional<String> complaint(Entries entries) {
        return complaint(bytes(entries));
    }

    private static Optional<String> complaint(byte[] archive) {
        try (Spool spool = Spool.of(archive)) {
            return ModuleArchive.complaint(spool);
        }
    }

    private static void file(TarArchiveOutputStream tar, String name, long size) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(size);
        tar.putArchiveEntry(entry);
        byte[] block = new byte[1 << 16];
        for (long left = size; left > 0; left -= block.length) {
            tar.write(block, 0, (int) Math.min(left, block.length));
        }
        tar.closeArchiveEntry();
    }

    private static void special(TarArchiveOutputStream tar, String name, byte type, String link) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, type);
        entry.setLinkName(link);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    @Test
    void ordinaryModuleIsFine() {
        assertThat(
                complaint(tar -> {
                    file(tar, "./modules/part/main.tf", 100_000);
                    file(tar, "modules/a..b/x", 1);
                    special(tar, "modules/", TarConstants.LF_DIR, "");
                    special(tar, "modules/part/shared.tf", TarConstants.LF_SYMLINK, "../../main.tf");
                    special(tar, "modules/part/same.tf", TarConstants.LF_LINK, "main.tf");
                }),
                is(Optional.empty()));
    }

    @Test
    void nameThatLeavesIsRefused() {
        assertThat(complaint(tar -> file(tar, "a/../../b", 1)).orElseThrow(), containsString("leads out"));
        assertThat(complaint(tar -> file(tar, "/etc/cron.d/x", 1)).orElseThrow(), containsString("not relative"));
        assertThat(complaint(tar -> file(tar, "..\\x", 1)).orElseThrow(), containsString("not relative"));
    }

    @Test
    void linkThatLeavesIsRefused() {
        assertThat(
                complaint(tar -> special(tar, "a/b.tf", TarConstants.LF_SYMLINK, "../../etc/passwd"))
                        .orElseThrow(),
                containsString("leads out"));
        assertThat(
                complaint(tar -> special(tar, "b.tf", TarConstants.LF_SYMLINK, "/etc/passwd"))
                        .orElseThrow(),
                containsString("not relative"));
        assertThat(
                complaint(tar -> special(tar, "a/b.tf", TarConstants.LF_LINK, "../etc/passwd"))
                        .orElseThrow(),
                containsString("leads out"));
    }

    @Test
    void deviceAndPipeAreRefused() {
        assertThat(
                complaint(tar -> special(tar, "null", TarConstants.LF_CHR, "")).orElseThrow(),
                containsString("neither"));
        assertThat(
                complaint(tar -> special(tar, "pipe.tf", TarConstants.LF_FIFO, ""))
                        .orElseThrow(),
                containsString("neither"));
    }

    @Test
    void bombIsRefused() {
        assertThat(complaint(tar -> file(tar, "zeros", 200L << 20)).orElseThrow(), containsString("compressed beyond"));
    }

    @Test
    void halfAnArchiveIsRefused() {
        byte[] whole = bytes(tar -> file(tar, "more", 5_000_000));

        assertThat(complaint(Arrays.copyOf(whole, whole.length / 2)).orElseThrow(), containsString("whole"));
        assertThat(complaint("no archive".getBytes(StandardCharsets.UTF_8)).orElseThrow(), containsString("no tar.gz"));
        assertThat(complaint(new byte[0]).orElseThrow(), containsString("no tar.gz"));
    }

    @Test
    void archiveWithoutConfigurationIsRefused() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(gzip)) {
            file(tar, "README.md", 3);
        }

        assertThat(complaint(bytes.toByteArray()).orElseThrow(), containsString("no Terraform configuration"));
    }
}
