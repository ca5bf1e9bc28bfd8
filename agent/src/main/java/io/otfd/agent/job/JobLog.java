package io.otfd.agent.job;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The run's log: files put one after the other, the last of which may still grow. Their order is kept on disk, so that
 * the same stream is read again after a restart. Where the disk is full, what we have to say of it is kept in memory.
 * Thread-safe.
 */
final class JobLog {

    private final Path directory;
    private final Path order;
    private final List<Path> parts = new ArrayList<>();
    private final Map<Path, byte[]> unwritten = new ConcurrentHashMap<>();

    /** @param directory of the job; the parts are inside */
    JobLog(Path directory) throws IOException {
        this.directory = directory;
        this.order = directory.resolve("log");
        if (Files.exists(order)) {
            Files.readAllLines(order).forEach(name -> parts.add(directory.resolve(name)));
        }
    }

    /** The file follows all others, which do not grow from now on. Adding it again changes nothing. */
    synchronized void append(Path file) throws IOException {
        if (!parts.contains(file)) {
            Files.writeString(
                    order, directory.relativize(file) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            parts.add(file);
        }
    }

    /** A part of our own. Writing one of the same name again changes nothing. */
    synchronized void append(String name, String text) {
        Path file = directory.resolve(name);
        if (!parts.contains(file)) {
            try {
                Files.writeString(file, text, StandardCharsets.UTF_8);
                append(file);
            } catch (IOException e) {
                unwritten.put(file, text.getBytes(StandardCharsets.UTF_8));
                parts.add(file);
            }
        }
    }

    /**
     * @param position from the beginning of the stream
     * @return bytes read; 0 at the end as it is now
     */
    int read(long position, byte[] buffer) throws IOException {
        long start = 0;
        for (Path part : snapshot()) {
            byte[] text = unwritten.get(part);
            long size = text != null ? text.length : Files.exists(part) ? Files.size(part) : 0;
            if (position < start + size && text != null) {
                int length = (int) Math.min(buffer.length, start + size - position);
                System.arraycopy(text, (int) (position - start), buffer, 0, length);
                return length;
            }
            if (position < start + size) {
                try (RandomAccessFile file = new RandomAccessFile(part.toFile(), "r")) {
                    file.seek(position - start);
                    return Math.max(file.read(buffer), 0);
                }
            }
            start += size;
        }
        return 0;
    }

    private synchronized List<Path> snapshot() {
        return List.copyOf(parts);
    }
}
