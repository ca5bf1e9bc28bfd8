package io.otfd.blob;

import io.otfd.database.Tx;
import io.otfd.encryption.DataKey;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;

/** Rows of {@code blob_chunk}, each as long as a segment of ciphertext. */
final class ChunkOutput extends OutputStream {

    private static final int CHUNK = DataKey.SEGMENT;

    private final Tx tx;
    private final String key;
    private final ByteArrayOutputStream chunk = new ByteArrayOutputStream(CHUNK);
    private int sequence;

    ChunkOutput(Tx tx, String key) {
        this.tx = tx;
        this.key = key;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        int from = offset;
        int left = length;
        while (left > 0) {
            int fits = Math.min(left, CHUNK - chunk.size());
            chunk.write(bytes, from, fits);
            from += fits;
            left -= fits;
            if (chunk.size() == CHUNK) {
                insert();
            }
        }
    }

    @Override
    public void close() {
        if (chunk.size() > 0) {
            insert();
        }
    }

    private void insert() {
        tx.update("blob.insert_chunk", "key", key, "sequence", sequence++, "data", chunk.toByteArray());
        chunk.reset();
    }
}
