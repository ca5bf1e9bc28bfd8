package io.otfd.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps a cluster's directory to one process. The operating system drops it when the process dies. */
final class ClusterLock implements AutoCloseable {

    /** The operating system's locks are per process, and closing any descriptor of the file would drop ours. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private ClusterLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /** @throws EmbeddedPostgres.InUseException when another process, or another caller in this one, holds it */
    static ClusterLock take(Path directory) throws IOException {
        if (!HELD.add(directory)) {
            throw taken(directory, Long.toString(ProcessHandle.current().pid()));
        }
        try {
            FileChannel channel = FileChannel.open(
                    directory.resolve("lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                String holder = read(channel);
                channel.close();
                throw taken(directory, holder);
            }
            channel.truncate(0);
            channel.write(StandardCharsets.UTF_8.encode(
                    Long.toString(ProcessHandle.current().pid())));
            return new ClusterLock(directory, channel);
        } catch (IOException | RuntimeException e) {
            HELD.remove(directory);
            throw e;
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(20);
        channel.read(bytes, 0);
        return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    }

    private static EmbeddedPostgres.InUseException taken(Path directory, String holder) {
        return new EmbeddedPostgres.InUseException("Another otfd (process " + holder + ") already uses the database in "
                + directory + ". Stop it, or start this one with another --data-dir.");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            HELD.remove(directory);
        }
    }
}
