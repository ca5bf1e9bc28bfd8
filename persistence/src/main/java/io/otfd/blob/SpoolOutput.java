package io.otfd.blob;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What becomes a {@link Spool}: in memory while it is small, in a file without a name from then on. */
final class SpoolOutput extends OutputStream {

    private static final int MEMORY = 512 * 1024;

    private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private final MessageDigest digest = digest();
    private FileChannel file;
    private OutputStream out = memory;
    private long size;

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        size += length;
        if (file == null && size > MEMORY) {
            file = nameless();
            out = Channels.newOutputStream(file);
            memory.writeTo(out);
        }
        out.write(bytes, offset, length);
        digest.update(bytes, offset, length);
    }

    long size() {
        return size;
    }

    Spool spool() {
        return new Spool(
                file == null ? memory.toByteArray() : null,
                file,
                size,
                HexFormat.of().formatHex(digest.digest()));
    }

    /** In place of {@link #spool}. */
    void discard() {
        Spool.discard(file);
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Deleted as soon as it is open: the JDK does so for DELETE_ON_CLOSE where the system lets it. */
    private static FileChannel nameless() throws IOException {
        return FileChannel.open(
                Files.createTempFile("otfd-upload-", ""),
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
    }
}
