package io.otfd.agent;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Makes tar.gz archives, harmless and other. */
public final class Archives {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar;

    public Archives() {
        try {
            tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes));
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A configuration that holds empty files of these names. */
    public static byte[] configuration(String... names) {
        Archives archive = new Archives().file("main.tf", "# nothing\n");
        for (String name : names) {
            archive.file(name, "");
        }
        return archive.bytes();
    }

    public Archives file(String name, String content) {
        return entry(name, new TarArchiveEntry(name, true), content, entry -> {});
    }

    /** An entry of any type, with a link name if one is needed. */
    public Archives special(String name, byte type, String linkName) {
        return entry(name, new TarArchiveEntry(name, type, true), "", entry -> entry.setLinkName(linkName));
    }

    public Archives symlink(String name, String target) {
        return special(name, TarConstants.LF_SYMLINK, target);
    }

    private Archives entry(String name, TarArchiveEntry entry, String content, Consumer<TarArchiveEntry> change) {
        try {
            byte[] data = content.getBytes(StandardCharsets.UTF_8);
            entry.setSize(data.length);
            entry.setMode(0644);
            change.accept(entry);
            tar.putArchiveEntry(entry);
            tar.write(data);
            tar.closeArchiveEntry();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    public byte[] bytes() {
        try {
            tar.close();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
