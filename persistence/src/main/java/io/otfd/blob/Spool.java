package io.otfd.blob;

import io.otfd.Refusal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * An upload on its way: received whole before a transaction begins, so that a slow client holds no connection and a cut
 * off one leaves nothing. Small ones stay in memory; large ones are in a file that has no name any more, and so ends with
 * this process, however that ends.
 */
public final class Spool implements AutoCloseable {

    private static final int MEMORY = 512 * 1024;
    private static final int BUFFER = 64 * 1024;

    private final byte[] memory;
    private final FileChannel file;
    private final long size;
    private final String md5;

    private Spool(byte[] memory, FileChannel file, long size, String md5) {
        this.memory = memory;
        this.file = file;
        this.size = size;
        this.md5 = md5;
    }

    /**
     * Reads to the end.
     *
     * @throws Refusal.TooLarge beyond {@code limit} bytes
     * @throws Refusal.Malformed when the client goes away before the end
     */
    public static Spool receive(InputStream in, long limit) {
        return fill(limit, out -> {
            byte[] buffer = new byte[BUFFER];
            for (int read = read(in, buffer); read >= 0; read = read(in, buffer)) {
                out.write(buffer, 0, read);
            }
        });
    }

    /** What writes its bytes, a piece at a time. */
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Bytes that are made here, however many they are. */
    public static Spool written(Content content) {
        return fill(Long.MAX_VALUE, content);
    }

    private static Spool fill(long limit, Content content) {
        Filling filling = new Filling(limit);
        try {
            content.writeTo(filling);
            return filling.spool();
        } catch (IOException e) {
            discard(filling.file);
            throw new IllegalStateException("spooling an upload", e);
        } catch (RuntimeException e) {
            discard(filling.file);
            throw e;
        }
    }

    /** In memory first, in a file from some size on. */
    private static final class Filling extends OutputStream {

        private final long limit;
        private final MessageDigest digest = digest();
        private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
        private FileChannel file;
        private OutputStream out = memory;
        private long size;

        private Filling(long limit) {
            this.limit = limit;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            size += length;
            if (size > limit) {
                throw new Refusal.TooLarge("The upload is larger than " + limit + " bytes.");
            }
            if (file == null && size > MEMORY) {
                file = nameless();
                out = Channels.newOutputStream(file);
                memory.writeTo(out);
            }
            out.write(bytes, offset, length);
            digest.update(bytes, offset, length);
        }

        private Spool spool() {
            return new Spool(
                    file == null ? memory.toByteArray() : null,
                    file,
                    size,
                    HexFormat.of().formatHex(digest.digest()));
        }
    }

    /** Bytes that are in memory already. */
    public static Spool of(byte[] bytes) {
        return new Spool(bytes, null, bytes.length, HexFormat.of().formatHex(digest().digest(bytes)));
    }

    private static int read(InputStream in, byte[] buffer) {
        try {
            return in.read(buffer);
        } catch (IOException | RuntimeException e) {
            throw new Refusal.Malformed("The upload ended before its announced length.");
        }
    }

    private static MessageDigest digest() {
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

    private static void discard(FileChannel file) {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                throw new IllegalStateException("closing a spooled upload", e);
            }
        }
    }

    public long size() {
        return size;
    }

    /** Hex. */
    public String md5() {
        return md5;
    }

    /** From its beginning; as often as one likes. */
    public InputStream open() {
        return file == null ? new ByteArrayInputStream(memory) : new SpoolInput(file);
    }

    @Override
    public void close() {
        discard(file);
    }
}
