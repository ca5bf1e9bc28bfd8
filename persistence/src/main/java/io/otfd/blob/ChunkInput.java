package io.otfd.blob;

import java.io.InputStream;
import java.util.function.IntFunction;

/** What {@link ChunkOutput} wrote. */
final class ChunkInput extends InputStream {

    private final IntFunction<byte[]> chunks;
    private byte[] chunk = new byte[0];
    private int position;
    private int sequence;
    private boolean ended;

    /** @param chunks by their sequence; an empty one ends the stream */
    ChunkInput(IntFunction<byte[]> chunks) {
        this.chunks = chunks;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (position == chunk.length && !ended) {
            chunk = chunks.apply(sequence++);
            position = 0;
            ended = chunk.length == 0;
        }
        if (ended) {
            return -1;
        }
        int given = Math.min(length, chunk.length - position);
        System.arraycopy(chunk, position, into, offset, given);
        position += given;
        return given;
    }
}
