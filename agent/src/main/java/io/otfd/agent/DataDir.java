package io.otfd.agent;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/** A data directory, locked for as long as this object is open. */
final class DataDir implements AutoCloseable {

    private final Path root;
    private final FileChannel channel;
    private final FileLock lock;
    private final String instanceId;

    private DataDir(Path root, FileChannel channel, FileLock lock, String instanceId) {
        this.root = root;
        this.channel = channel;
        this.lock = lock;
        this.instanceId = instanceId;
    }

    /**
     * Creates the directory if needed, readable by its owner only.
     *
     * @throws AgentRefused when another agent uses it, or it cannot be written
     */
    static DataDir open(Path root) {
        try {
            Files.createDirectories(root);
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
            FileChannel channel =
                    FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new AgentRefused("Another agent uses the data directory " + root
                        + ": stop it, or give this one a directory of its own with --data-dir");
            }
            return new DataDir(root, channel, lock, instanceId(root.resolve("instance-id")));
        } catch (IOException e) {
            throw new AgentRefused("The data directory " + root + " cannot be used: " + e);
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String instanceId(Path file) throws IOException {
        if (Files.exists(file)) {
            String known = Files.readString(file).strip();
            if (!known.isEmpty()) {
                return known;
            }
        }
        String fresh = UUID.randomUUID().toString();
        Path draft = Files.writeString(file.resolveSibling("instance-id.tmp"), fresh + "\n");
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return fresh;
    }

    Path root() {
        return root;
    }

    /** Stays the same for as long as the directory lives. */
    String instanceId() {
        return instanceId;
    }

    @Override
    public void close() {
        try (channel;
                lock) {
            // Closing the lock and then its channel is all.
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
