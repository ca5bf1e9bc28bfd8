package io.otfd.daemon.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

/** Values of ASN.1 in DER (X.690), as far as certificates need them. */
final class Der {

    private static final int SEQUENCE = 0x30;

    /** From this year on certificates carry GeneralizedTime (RFC 5280, 4.1.2.5). */
    private static final int FIRST_GENERALIZED_YEAR = 2050;

    private Der() {}

    static byte[] value(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.size() < 0x80) {
            out.write(content.size());
        } else {
            byte[] length = unsigned(content.size());
            out.write(0x80 | length.length);
            out.writeBytes(length);
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    private static byte[] unsigned(int number) {
        byte[] bytes = BigInteger.valueOf(number).toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    static byte[] sequence(byte[]... parts) {
        return value(SEQUENCE, parts);
    }

    static byte[] set(byte[]... parts) {
        return value(0x31, parts);
    }

    /** An explicit tag around a whole value. */
    static byte[] explicit(int number, byte[] inner) {
        return value(0xa0 | number, inner);
    }

    /** An implicit tag in place of a primitive value's own. */
    static byte[] implicit(int number, byte[] content) {
        return value(0x80 | number, content);
    }

    static byte[] integer(BigInteger number) {
        return value(0x02, number.toByteArray());
    }

    static byte[] yes() {
        return value(0x01, new byte[] {(byte) 0xff});
    }

    static byte[] octets(byte[] bytes) {
        return value(0x04, bytes);
    }

    /** @param unused bits at the end that carry nothing */
    static byte[] bits(int unused, byte... bytes) {
        return value(0x03, new byte[] {(byte) unused}, bytes);
    }

    static byte[] text(String text) {
        return value(0x0c, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] time(Instant instant) {
        ZonedDateTime time = instant.atZone(ZoneOffset.UTC);
        boolean generalized = time.getYear() >= FIRST_GENERALIZED_YEAR;
        String pattern = generalized ? "yyyyMMddHHmmss'Z'" : "yyMMddHHmmss'Z'";
        return value(
                generalized ? 0x18 : 0x17,
                DateTimeFormatter.ofPattern(pattern).format(time).getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] identifier(String dotted) {
        String[] arcs = dotted.split("\\.");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(Integer.parseInt(arcs[0]) * 40 + Integer.parseInt(arcs[1]));
        for (int i = 2; i < arcs.length; i++) {
            int arc = Integer.parseInt(arcs[i]);
            for (int shift = 28; shift > 0; shift -= 7) {
                if (arc >>> shift != 0) {
                    out.write(0x80 | (arc >>> shift & 0x7f));
                }
            }
            out.write(arc & 0x7f);
        }
        return value(0x06, out.toByteArray());
    }

    /** The first value inside of a sequence. */
    static byte[] firstOf(byte[] sequence) {
        ByteBuffer in = ByteBuffer.wrap(sequence);
        if ((in.get() & 0xff) != SEQUENCE) {
            throw new IllegalArgumentException("not a sequence");
        }
        length(in);
        int start = in.position();
        in.get();
        int length = length(in);
        return Arrays.copyOfRange(sequence, start, in.position() + length);
    }

    private static int length(ByteBuffer in) {
        int first = in.get() & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7f); i++) {
            length = length << 8 | in.get() & 0xff;
        }
        return length;
    }
}
