package io.otfd.blob;

import io.otfd.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.util.HexFormat;

/**
 * An upload on its way: received whole before a transaction begins, so that a slow client holds no connection and a cut
 * off one leaves nothing. Small ones stay in memory; large ones are in a file that has no name any more, and so ends with
 * this process, however that ends.
 */
public final class Spool implements AutoCloseable {

    private static final int BUFFER = 64 * 1024;

    private final byte[] memory;
    private final FileChannel file;
    private final long size;
    private final String md5;

    Spool(byte[] memory, FileChannel file, long size, String md5) {
        this.memory = memory;
        this.file = file;
        this.size = size;
        this.md5 = md5;
    }

    /** Bytes that are made on the way. */
    @FunctionalInterface
    public interface Source {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Reads to the end.
     *
     * @throws Refusal.TooLarge beyond {@code limit} bytes
     * @throws Refusal.Malformed when the client goes away before the end
     */
    public static Spool receive(InputStream in, long limit) {
        return of(out -> {
            byte[] buffer = new byte[BUFFER];
            long size = 0;
            for (int read = read(in, buffer); read >= 0; read = read(in, buffer)) {
                size += read;
                if (size > limit) {
                    throw new Refusal.TooLarge("The upload is larger than " + limit + " bytes.");
                }
                out.write(buffer, 0, read);
            }
        });
    }

    public static Spool of(Source source) {
        SpoolOutput out = new SpoolOutput();
        try {
            source.writeTo(out);
            return out.spool();
        } catch (IOException e) {
            out.discard();
            throw new IllegalStateException("spooling", e);
        } catch (RuntimeException e) {
            out.discard();
            throw e;
        }
    }

    /** Bytes that are in memory already. */
    public static Spool of(byte[] bytes) {
        return new Spool(
                bytes,
                null,
                bytes.length,
                HexFormat.of().formatHex(SpoolOutput.digest().digest(bytes)));
    }

    private static int read(InputStream in, byte[] buffer) {
        try {
            return in.read(buffer);
        } catch (IOException | RuntimeException e) {
            throw new Refusal.Malformed("The upload ended before its announced length.");
        }
    }

    static void discard(FileChannel file) {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                throw new IllegalStateException("closing a spooled upload", e);
            }
        }
    }

    /** Too large for memory: storing it takes a while. */
    public boolean isLarge() {
        return file != null;
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
