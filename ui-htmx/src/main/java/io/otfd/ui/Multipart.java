package io.otfd.ui;

import io.otfd.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A form that brings files (RFC 7578), part by part as it comes. The client may be anybody. */
final class Multipart {

    private static final int MAX_LINE = 8192;
    private static final Pattern BOUNDARY =
            Pattern.compile("(?i)multipart/form-data;.*\\bboundary=\"?([\\w'()+,./:=? -]{1,70})\"?.*");
    private static final Pattern NAME = Pattern.compile("(?i)content-disposition:.*[; ]name=\"([^\"]*)\".*");
    private static final Pattern FILE = Pattern.compile("(?i)content-disposition:.*[; ]filename\\*?=.*");

    private final InputStream in;
    /** Line break, two dashes and the boundary; what is between two of them is a part. */
    private final byte[] delimiter;

    private final byte[] buffer = new byte[1 << 16];
    private int start;
    private int end;

    private Multipart(InputStream in, byte[] delimiter) {
        this.in = in;
        this.delimiter = delimiter;
        // The first delimiter may stand at the very beginning, without the line break before it.
        buffer[0] = '\r';
        buffer[1] = '\n';
        end = 2;
    }

    /** @throws Refusal.Malformed when the body is none */
    static Multipart of(String contentType, InputStream in) {
        Matcher matcher = BOUNDARY.matcher(contentType);
        if (!matcher.matches()) {
            throw new Refusal.Malformed("The form must be multipart/form-data.");
        }
        return new Multipart(in, ("\r\n--" + matcher.group(1)).getBytes(StandardCharsets.ISO_8859_1));
    }

    /** @param content until the next part is asked for */
    record Part(String name, boolean isFile, InputStream content) {}

    /** Empty behind the last one. What is left of the part before is passed over. */
    Optional<Part> next() throws IOException {
        new Content().transferTo(OutputStream.nullOutputStream());
        start += delimiter.length;
        if (line().startsWith("--")) {
            return Optional.empty();
        }
        String name = "";
        boolean isFile = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            Matcher matcher = NAME.matcher(header);
            if (matcher.matches()) {
                name = matcher.group(1);
                isFile = FILE.matcher(header).matches();
            }
        }
        return Optional.of(new Part(name, isFile, new Content()));
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int read = read(); read != '\n'; read = read()) {
            if (line.size() > MAX_LINE) {
                throw broken();
            }
            line.write(read);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    private int read() throws IOException {
        if (start == end && !fill()) {
            throw broken();
        }
        return buffer[start++] & 0xff;
    }

    /** More bytes behind those that are here; false at the end. */
    private boolean fill() throws IOException {
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        start = 0;
        int read = in.read(buffer, end, buffer.length - end);
        end += Math.max(0, read);
        return read >= 0;
    }

    private static Refusal broken() {
        return new Refusal.Malformed("The form ended before its last part.");
    }

    /** Up to the delimiter. */
    private final class Content extends InputStream {

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int available = available(length);
            if (available == 0) {
                return length == 0 ? 0 : -1;
            }
            System.arraycopy(buffer, start, bytes, offset, available);
            start += available;
            return available;
        }

        /** How many bytes of the part are here, {@code wanted} at most; 0 at its end. */
        private int available(int wanted) throws IOException {
            while (true) {
                int found = find();
                if (found >= 0) {
                    return Math.min(wanted, found - start);
                }
                int safe = end - start - delimiter.length + 1;
                if (safe > 0) {
                    return Math.min(wanted, safe);
                }
                if (!fill()) {
                    throw broken();
                }
            }
        }

        private int find() {
            for (int at = start; at <= end - delimiter.length; at++) {
                int same = 0;
                while (same < delimiter.length && buffer[at + same] == delimiter[same]) {
                    same++;
                }
                if (same == delimiter.length) {
                    return at;
                }
            }
            return -1;
        }
    }
}
