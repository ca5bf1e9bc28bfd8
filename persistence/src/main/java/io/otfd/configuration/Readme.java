package io.otfd.configuration;

import io.otfd.blob.Spool;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * {@code README.md} of a configuration, in the directory that Terraform runs in. The archive is a stranger's: it is looked
 * through up to a limit, and what is no archive, no file or no text is no readme.
 */
public final class Readme {

    private static final String NAME = "README.md";
    private static final int MAX_SIZE = 512 * 1024;
    /** Unpacked. Archives are written in the order of names, and this one comes early. */
    private static final long MAX_LOOKED_THROUGH = 64L << 20;

    private Readme() {}

    /** @param workingDirectory from the archive's top; empty for that */
    public static Optional<String> of(Spool archive, Optional<String> workingDirectory) {
        String wanted = workingDirectory
                        .map(Readme::plain)
                        .filter(path -> !path.isEmpty())
                        .map(path -> path + "/")
                        .orElse("")
                + NAME;
        try (InputStream in = new Limited(new GZIPInputStream(new BufferedInputStream(archive.open())));
                TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isFile()
                        && !entry.isSymbolicLink()
                        && !entry.isLink()
                        && plain(entry.getName()).equalsIgnoreCase(wanted)) {
                    return text(tar.readNBytes(MAX_SIZE + 1));
                }
            }
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Without what says the same: {@code ./a/b/} is {@code a/b}. */
    private static String plain(String path) {
        return path.replaceAll("^(\\./|/)+", "").replaceAll("/+$", "");
    }

    private static Optional<String> text(byte[] bytes) {
        if (bytes.length > MAX_SIZE) {
            return Optional.empty();
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return Optional.of(text).filter(whole -> whole.indexOf('\0') < 0);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Ends where nobody looks any further. */
    private static final class Limited extends FilterInputStream {

        private long left = MAX_LOOKED_THROUGH;

        private Limited(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            return left-- > 0 ? super.read() : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left <= 0) {
                return -1;
            }
            int read = super.read(bytes, offset, (int) Math.min(length, left));
            left -= Math.max(0, read);
            return read;
        }
    }
}
