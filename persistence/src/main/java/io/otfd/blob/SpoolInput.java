package io.otfd.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A file from its beginning, beside other readers of the same channel. Closing it leaves the channel open. */
final class SpoolInput extends InputStream {

    private final FileChannel file;
    private long position;

    SpoolInput(FileChannel file) {
        this.file = file;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = file.read(ByteBuffer.wrap(into, offset, length), position);
        position += Math.max(0, read);
        return read;
    }
}
