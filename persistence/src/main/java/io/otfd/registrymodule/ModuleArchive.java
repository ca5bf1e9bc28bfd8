package io.otfd.registrymodule;

import io.otfd.blob.Spool;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * A look through a module's archive before anybody may use it: whoever unpacks it later does so on their own machine. The
 * bounds are those within which agents unpack configurations.
 */
final class ModuleArchive {

    private static final int MAX_ENTRIES = 100_000;
    private static final long MAX_BYTES = 2L << 30;

    /** Deflate reaches 1032:1; sources stay far below this. It is not looked at below 64 MiB. */
    private static final int MAX_RATIO = 250;

    private static final long RATIO_FROM_BYTES = 64L << 20;

    private ModuleArchive() {}

    /** What speaks against it, as the end of a sentence; empty when nothing does. */
    static Optional<String> complaint(Spool archive) {
        Counted compressed = new Counted(archive.open());
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                new Bounded(new GZIPInputStream(new BufferedInputStream(compressed), 1 << 16), compressed))) {
            boolean configured = false;
            int entries = 0;
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (++entries > MAX_ENTRIES) {
                    throw new Refused("it has more than " + MAX_ENTRIES + " entries");
                }
                check(entry);
                configured |= isConfiguration(entry);
            }
            return configured ? Optional.empty() : Optional.of("there is no Terraform configuration in it");
        } catch (Refused e) {
            return Optional.of(e.getMessage());
        } catch (IOException | IllegalArgumentException e) {
            return Optional.of("it is no tar.gz archive, or not a whole one");
        }
    }

    private static boolean isConfiguration(TarArchiveEntry entry) {
        return isPlainFile(entry)
                && Stream.of(".tf", ".tf.json", ".tofu", ".tofu.json").anyMatch(entry.getName()::endsWith);
    }

    private static void check(TarArchiveEntry entry) throws Refused {
        String name = entry.getName();
        requireInside(name, "");
        if (entry.isSymbolicLink()) {
            requireInside(entry.getLinkName(), name);
        } else if (entry.isLink()) {
            requireInside(entry.getLinkName(), "");
        } else if (!entry.isDirectory() && !isPlainFile(entry)) {
            throw new Refused(quoted(name) + " is neither a file nor a directory nor a link");
        }
    }

    /** {@code isFile()} is true of devices and pipes as well. */
    private static boolean isPlainFile(TarArchiveEntry entry) {
        return entry.isFile()
                && !entry.isSymbolicLink()
                && !entry.isLink()
                && !entry.isFIFO()
                && !entry.isCharacterDevice()
                && !entry.isBlockDevice();
    }

    /** @param from the link that the path stands in, whose directory it starts in; empty for the archive's top */
    private static void requireInside(String path, String from) throws Refused {
        if (path.isEmpty() || path.startsWith("/") || path.indexOf('\\') >= 0) {
            throw new Refused("the name " + quoted(path) + " is not relative");
        }
        Deque<String> at = new ArrayDeque<>();
        int slash = from.lastIndexOf('/');
        walk(at, slash < 0 ? "" : from.substring(0, slash));
        walk(at, path);
    }

    private static void walk(Deque<String> at, String path) throws Refused {
        for (String part : path.split("/")) {
            if (part.equals("..")) {
                if (at.isEmpty()) {
                    throw new Refused("the name " + quoted(path) + " leads out of the module");
                }
                at.removeLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                at.addLast(part);
            }
        }
    }

    private static String quoted(String name) {
        String shown = name.length() > 100 ? name.substring(0, 100) + "…" : name;
        return "\"" + shown.replaceAll("\\p{Cntrl}", "?") + "\"";
    }

    private static final class Refused extends IOException {
        Refused(String message) {
            super(message);
        }
    }

    /** Knows how much was read. */
    private static class Counted extends FilterInputStream {

        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count += Math.max(0, read);
            return read;
        }

        @Override
        public long skip(long wanted) throws IOException {
            long skipped = super.skip(wanted);
            count += skipped;
            return skipped;
        }

        long count() {
            return count;
        }
    }

    /** The unpacked bytes, up to where they are too many. */
    private static final class Bounded extends Counted {

        private final Counted compressed;

        Bounded(InputStream in, Counted compressed) {
            super(in);
            this.compressed = compressed;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            require();
            return read;
        }

        @Override
        public long skip(long wanted) throws IOException {
            long skipped = super.skip(Math.min(wanted, 1 << 20));
            require();
            return skipped;
        }

        private void require() throws Refused {
            if (count() > MAX_BYTES) {
                throw new Refused("it is larger than " + (MAX_BYTES >> 30) + " GiB");
            }
            if (count() > RATIO_FROM_BYTES && count() / MAX_RATIO > compressed.count()) {
                throw new Refused("it is compressed beyond all measure");
            }
        }
    }
}
