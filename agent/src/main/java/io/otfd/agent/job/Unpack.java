package io.otfd.agent.job;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Unpacks a tar.gz that anybody may have made. Nothing is ever written outside the target, links that lead out of it
 * are refused, and so is what is out of proportion.
 */
final class Unpack {

    static final int MAX_ENTRIES = 100_000;
    static final long MAX_BYTES = 2L << 30;
    static final int MAX_DEPTH = 100;

    /** Deflate reaches 1032:1; sources stay far below this. */
    static final int MAX_RATIO = 250;

    /** The ratio is not looked at below this size. */
    private static final long RATIO_FROM_BYTES = 64L << 20;

    private final Path root;
    private final List<Path> links = new ArrayList<>();
    private long bytes;

    private Unpack(Path root) {
        this.root = root;
    }

    /**
     * @param root an existing, empty directory; what it holds after a failure is to be thrown away
     * @param what how the archive is called in sentences, such as "The configuration"
     */
    static void into(Path root, InputStream archive, String what) throws JobFailure {
        Counting compressed = new Counting(archive);
        Unpack unpack = new Unpack(root);
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new GZIPInputStream(new BufferedInputStream(compressed), 1 << 16))) {
            int entries = 0;
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (++entries > MAX_ENTRIES) {
                    throw new Refused("it has more than " + MAX_ENTRIES + " entries");
                }
                unpack.entry(entry, tar, compressed);
            }
            unpack.checkLinks();
        } catch (Refused e) {
            throw new JobFailure(what + " was refused: " + e.getMessage() + ".", e);
        } catch (IOException | IllegalArgumentException e) {
            throw new JobFailure(what + " could not be unpacked: " + e.getMessage() + ".", e);
        }
    }

    private void entry(TarArchiveEntry entry, TarArchiveInputStream tar, Counting compressed) throws IOException {
        String name = entry.getName();
        Path target = target(name);
        if (target.equals(root)) {
            if (!entry.isDirectory()) {
                throw new Refused(quoted(name) + " stands for the directory itself");
            }
            return;
        }
        makeParents(target, name);
        if (entry.isDirectory()) {
            if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
                Files.deleteIfExists(target);
                Files.createDirectory(target);
            }
        } else if (entry.isSymbolicLink()) {
            link(entry, target);
        } else if (entry.isLink()) {
            hardLink(entry, target, compressed);
        } else if (isPlainFile(entry) && tar.canReadEntryData(entry)) {
            write(tar, target, name, compressed);
            permit(target, entry.getMode());
        } else {
            throw new Refused(quoted(name) + " is neither a file nor a directory nor a link");
        }
    }

    /** {@code isFile()} is true of devices and pipes as well. */
    private static boolean isPlainFile(TarArchiveEntry entry) {
        return entry.isFile() && !entry.isFIFO() && !entry.isCharacterDevice() && !entry.isBlockDevice();
    }

    private Path target(String name) throws Refused {
        if (name.isEmpty() || name.startsWith("/") || name.indexOf('\0') >= 0) {
            throw new Refused("the name " + quoted(name) + " is not relative");
        }
        Path target = root;
        int depth = 0;
        for (String part : name.split("/")) {
            if (part.isEmpty() || part.equals(".")) {
                continue;
            }
            if (part.equals("..")) {
                throw new Refused("the name " + quoted(name) + " leads out of the directory");
            }
            if (++depth > MAX_DEPTH) {
                throw new Refused("the name " + quoted(name) + " is deeper than " + MAX_DEPTH + " directories");
            }
            try {
                target = target.resolve(part);
            } catch (InvalidPathException e) {
                throw new Refused("the name " + quoted(name) + " is not valid");
            }
        }
        return target;
    }

    /** Every directory above the target is a real one afterwards: writing through a link is impossible. */
    private void makeParents(Path target, String name) throws IOException {
        Path parent = root;
        for (Path part : root.relativize(target.getParent())) {
            parent = parent.resolve(part);
            if (part.toString().isEmpty() || Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            if (Files.exists(parent, LinkOption.NOFOLLOW_LINKS)) {
                throw new Refused(quoted(name) + " goes through "
                        + quoted(root.relativize(parent).toString()) + ", which is not a directory");
            }
            Files.createDirectory(parent);
        }
    }

    private void link(TarArchiveEntry entry, Path target) throws IOException {
        String to = entry.getLinkName();
        boolean inside = !to.startsWith("/")
                && to.indexOf('\0') < 0
                && target.getParent().resolve(to).normalize().startsWith(root);
        if (!inside || to.isEmpty()) {
            throw new Refused("the link " + quoted(entry.getName()) + " leads out of the directory");
        }
        clear(target, entry.getName());
        Files.createSymbolicLink(target, Path.of(to));
        links.add(target);
    }

    private void hardLink(TarArchiveEntry entry, Path target, Counting compressed) throws IOException {
        Path source = target(entry.getLinkName());
        makeParents(source, entry.getName());
        if (!Files.isRegularFile(source, LinkOption.NOFOLLOW_LINKS) || source.equals(target)) {
            throw new Refused("the hard link " + quoted(entry.getName()) + " does not lead to a file of the archive");
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(source);
        try (InputStream in = Files.newInputStream(source, LinkOption.NOFOLLOW_LINKS)) {
            write(in, target, entry.getName(), compressed);
        }
        Files.setPosixFilePermissions(target, permissions);
    }

    private void write(InputStream in, Path target, String name, Counting compressed) throws IOException {
        clear(target, name);
        byte[] buffer = new byte[1 << 14];
        try (OutputStream out =
                Files.newOutputStream(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes += read;
                if (bytes > MAX_BYTES) {
                    throw new Refused("it is larger than " + (MAX_BYTES >> 30) + " GiB at " + quoted(name));
                }
                if (bytes > RATIO_FROM_BYTES && bytes / MAX_RATIO > compressed.count) {
                    throw new Refused("it is compressed beyond all measure at " + quoted(name));
                }
                out.write(buffer, 0, read);
            }
        }
    }

    private static void clear(Path target, String name) throws IOException {
        if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new Refused(quoted(name) + " is there twice, once as a directory");
        }
        Files.deleteIfExists(target);
    }

    /** The owner may always read and write; set-id bits are dropped. */
    private static void permit(Path target, int mode) throws IOException {
        Set<PosixFilePermission> permissions =
                EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        if ((mode & 0100) != 0) {
            permissions.add(PosixFilePermission.OWNER_EXECUTE);
        }
        if ((mode & 0040) != 0) {
            permissions.add(PosixFilePermission.GROUP_READ);
        }
        if ((mode & 0010) != 0) {
            permissions.add(PosixFilePermission.GROUP_EXECUTE);
        }
        if ((mode & 0004) != 0) {
            permissions.add(PosixFilePermission.OTHERS_READ);
        }
        if ((mode & 0001) != 0) {
            permissions.add(PosixFilePermission.OTHERS_EXECUTE);
        }
        Files.setPosixFilePermissions(target, permissions);
    }

    /** Links that look harmless one by one can lead out together: what they really reach decides. */
    private void checkLinks() throws IOException {
        Path real = root.toRealPath();
        for (Path link : links) {
            if (!Files.isSymbolicLink(link)) {
                continue;
            }
            if (!reached(link).startsWith(real)) {
                throw new Refused(
                        "the link " + quoted(root.relativize(link).toString()) + " leads out of the directory");
            }
        }
    }

    /** Where a link leads; of a dangling one, the deepest existing directory that it names. */
    private Path reached(Path link) throws IOException {
        try {
            return link.toRealPath();
        } catch (NoSuchFileException e) {
            Path target = link.getParent().resolve(Files.readSymbolicLink(link));
            for (Path above = target.getParent(); above != null; above = above.getParent()) {
                if (Files.exists(above)) {
                    return above.toRealPath();
                }
            }
            return target;
        } catch (FileSystemException e) {
            throw new Refused("the link " + quoted(root.relativize(link).toString()) + " leads nowhere");
        }
    }

    private static String quoted(String name) {
        String shown = name.length() > 200 ? name.substring(0, 200) + "…" : name;
        return '"' + shown.replaceAll("\\p{Cntrl}", "?") + '"';
    }

    private static final class Refused extends IOException {

        Refused(String reason) {
            super(reason);
        }
    }

    private static final class Counting extends FilterInputStream {

        private long count;

        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            count += one < 0 ? 0 : 1;
            return one;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count += Math.max(read, 0);
            return read;
        }
    }
}
