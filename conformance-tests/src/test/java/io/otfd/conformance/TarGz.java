package io.otfd.conformance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Writes gzipped tar archives byte by byte, so that they can hold what no honest program would put there. */
final class TarGz {

    private static final int BLOCK = 512;

    private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

    TarGz file(String name, byte[] content) {
        return entry(name, '0', "", content.length, content);
    }

    TarGz directory(String name) {
        return entry(name, '5', "", 0, new byte[0]);
    }

    TarGz symbolicLink(String name, String target) {
        return entry(name, '2', target, 0, new byte[0]);
    }

    TarGz hardLink(String name, String target) {
        return entry(name, '1', target, 0, new byte[0]);
    }

    TarGz characterDevice(String name) {
        return entry(name, '3', "", 0, new byte[0]);
    }

    TarGz fifo(String name) {
        return entry(name, '6', "", 0, new byte[0]);
    }

    byte[] bytes() {
        byte[] end = new byte[2 * BLOCK];
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            tar.writeTo(gzip);
            gzip.write(end);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        return out.toByteArray();
    }

    /**
     * A few megabytes that unpack to one file of so many gibibytes of zeros, at most 7: compressed members repeat, which
     * gzip allows.
     */
    static byte[] bomb(int gibibytes) {
        byte[] mebibyte = new byte[1 << 20];
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TarGz header = new TarGz();
        header.header("main.tf", '0', "", (long) gibibytes << 30);
        out.writeBytes(header.member());
        ByteArrayOutputStream zeros = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zeros)) {
            for (int i = 0; i < 64; i++) {
                gzip.write(mebibyte);
            }
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        byte[] member = zeros.toByteArray();
        for (int i = 0; i < gibibytes * 16; i++) {
            out.writeBytes(member);
        }
        return out.toByteArray();
    }

    private byte[] member() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            tar.writeTo(gzip);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        return out.toByteArray();
    }

    private TarGz entry(String name, char type, String link, long size, byte[] content) {
        header(name, type, link, size);
        tar.writeBytes(content);
        tar.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
        return this;
    }

    /** POSIX ustar: name, mode, owner, group, size, time, checksum, type, link, magic, version. */
    private void header(String name, char type, String link, long size) {
        byte[] block = new byte[BLOCK];
        put(block, 0, name);
        put(block, 100, "0000644");
        put(block, 108, "0000000");
        put(block, 116, "0000000");
        put(block, 124, "%011o".formatted(size));
        put(block, 136, "%011o".formatted(0));
        put(block, 148, "        ");
        put(block, 156, String.valueOf(type));
        put(block, 157, link);
        put(block, 257, "ustar");
        put(block, 263, "00");
        if (type == '3') {
            put(block, 329, "0000001");
            put(block, 337, "0000005");
        }
        int sum = 0;
        for (byte b : block) {
            sum += b & 0xff;
        }
        put(block, 148, "%06o\0 ".formatted(sum));
        tar.writeBytes(block);
    }

    private static void put(byte[] block, int offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, block, offset, bytes.length);
    }
}
