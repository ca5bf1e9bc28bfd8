package io.otfd.agent.job;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Providers that jobs share. Terraform's plugin cache bears no two writers, and believes what a killed init has left
 * half unpacked; so each job's init is given a cache of its own, made of links to the shared one, and what it has added
 * is moved over when it has succeeded: whole, by one rename, and never over what is there.
 */
final class ProviderCache {

    /** host / namespace / type / version / platform. */
    private static final int PACKAGE_DEPTH = 5;

    private final Path shared;

    ProviderCache(Path shared) {
        this.shared = shared;
    }

    Path shared() {
        return shared;
    }

    /**
     * Cached packages are used although a lock file does not name them yet: it goes from plan to apply on the platform
     * that it was made on, and no further.
     */
    static Map<String, String> environment(Path view) {
        return Map.of("TF_PLUGIN_CACHE_DIR", view.toString(), "TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE", "true");
    }

    /** Makes a job's own cache, with links to all that is shared. */
    void open(Path view) throws IOException {
        Files.createDirectories(shared);
        Files.createDirectories(view);
        for (Path known : packages(shared)) {
            Path link = view.resolve(shared.relativize(known));
            if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectories(link.getParent());
                Files.createSymbolicLink(link, known);
            }
        }
    }

    /** Shares what init has added to the job's cache; links take its place there, since the engine points to it. */
    void share(Path view) throws IOException {
        for (Path added : packages(view)) {
            if (Files.isSymbolicLink(added)) {
                continue;
            }
            Path place = shared.resolve(view.relativize(added));
            Files.createDirectories(place.getParent());
            move(added, place);
            Files.createSymbolicLink(added, place);
        }
    }

    private void move(Path added, Path place) throws IOException {
        Path draft = shared.resolve(".incoming-" + UUID.randomUUID());
        try {
            Files.move(added, draft, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            // Another file system.
            Trees.copy(added, draft);
            Trees.delete(added);
        }
        try {
            Files.move(draft, place);
        } catch (FileAlreadyExistsException e) {
            // Another job was faster.
            Trees.delete(draft);
        }
    }

    private static List<Path> packages(Path cache) throws IOException {
        try (Stream<Path> tree = Files.walk(cache, PACKAGE_DEPTH)) {
            return tree.filter(path -> cache.relativize(path).getNameCount() == PACKAGE_DEPTH)
                    .filter(Files::isDirectory)
                    .filter(path -> !cache.relativize(path).toString().startsWith("."))
                    .toList();
        }
    }
}
