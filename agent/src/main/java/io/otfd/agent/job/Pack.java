package io.otfd.agent.job;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/** Packs what an apply needs: the configuration as the plan left it, without provider binaries, and the plan. */
final class Pack {

    private Pack() {}

    /**
     * @param root {@code config} and {@code tfplan} of it are packed under these names
     * @param archive is replaced
     */
    static void filesystem(Path root, Path archive) throws IOException {
        GzipParameters fast = new GzipParameters();
        fast.setCompressionLevel(Deflater.BEST_SPEED);
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(archive), 1 << 16);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(file, fast))) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            add(tar, root, root.resolve("tfplan"));
            Files.walkFileTree(root.resolve("config"), new Tree(root, tar));
        }
    }

    private static void add(TarArchiveOutputStream tar, Path root, Path file) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(file, root.relativize(file).toString());
        entry.setMode(Files.isExecutable(file) ? 0755 : 0644);
        tar.putArchiveEntry(entry);
        copy(file, entry.getSize(), tar);
        tar.closeArchiveEntry();
    }

    /** As much as its header says, whatever is written to the file meanwhile: zeros take the place of what has gone, as tar does. */
    private static void copy(Path file, long size, OutputStream tar) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long left = size;
        try (InputStream in = Files.newInputStream(file)) {
            while (left > 0) {
                int wanted = (int) Math.min(left, buffer.length);
                int read = in.readNBytes(buffer, 0, wanted);
                Arrays.fill(buffer, read, wanted, (byte) 0);
                tar.write(buffer, 0, wanted);
                left -= wanted;
            }
        }
    }

    private static final class Tree extends SimpleFileVisitor<Path> {

        private final Path root;
        private final TarArchiveOutputStream tar;

        Tree(Path root, TarArchiveOutputStream tar) {
            this.root = root;
            this.tar = tar;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
            if (inEngineDirectory(directory)
                    && !directory.getFileName().toString().equals("modules")) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            tar.putArchiveEntry(new TarArchiveEntry(root.relativize(directory) + "/"));
            tar.closeArchiveEntry();
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (inEngineDirectory(file)) {
                return FileVisitResult.CONTINUE;
            }
            if (attributes.isSymbolicLink()) {
                link(file);
            } else if (attributes.isRegularFile()) {
                add(tar, root, file);
            }
            return FileVisitResult.CONTINUE;
        }

        /** Links that lead out of the tree would be refused on the other side: the file itself travels. */
        private void link(Path link) throws IOException {
            Path target = Files.readSymbolicLink(link);
            Path config = root.resolve("config");
            boolean inside = !target.isAbsolute()
                    && link.getParent().resolve(target).normalize().startsWith(config)
                    && (!Files.exists(link) || link.toRealPath().startsWith(config.toRealPath()));
            if (inside) {
                TarArchiveEntry entry =
                        new TarArchiveEntry(root.relativize(link).toString(), TarConstants.LF_SYMLINK);
                entry.setLinkName(target.toString());
                tar.putArchiveEntry(entry);
                tar.closeArchiveEntry();
            } else if (Files.isRegularFile(link)) {
                add(tar, root, link);
            }
        }

        /** Of {@code .terraform} itself only {@code modules} is kept; the rest is made again by init. */
        private static boolean inEngineDirectory(Path path) {
            Path parent = path.getParent();
            return parent.getFileName().toString().equals(".terraform")
                    && Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS);
        }
    }
}
