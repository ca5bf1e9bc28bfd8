package io.otfd.api.otf;

import io.otfd.Refusal;
import io.otfd.api.Patch;
import io.otfd.blob.Spool;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A JSON:API document with a state in it, base64 in the attribute {@code state}: agents of OTF know no other way, and states
 * are larger than our memory. What it holds is taken out as a stream, and the rest is a small document.
 *
 * @param rest the document, its state empty
 */
record StateDocument(Patch rest, Spool state) implements AutoCloseable {

    private static final int MAX_REST = 1 << 20;

    /** @param limit of the state, in bytes */
    static StateDocument read(Spool document, long limit) {
        Reading reading = new Reading(limit);
        try (InputStream in = new BufferedInputStream(document.open(), 1 << 16)) {
            reading.read(in);
            if (reading.state == null) {
                throw Refusal.Invalid.attribute("state", "can't be blank");
            }
            return new StateDocument(Patch.of(reading.rest.toByteArray()), reading.state);
        } catch (IOException e) {
            reading.close();
            throw new IllegalStateException("reading a spooled document", e);
        } catch (RuntimeException e) {
            reading.close();
            throw e;
        }
    }

    @Override
    public void close() {
        state.close();
    }

    private static final class Reading {

        private final long limit;
        private final ByteArrayOutputStream rest = new ByteArrayOutputStream();
        private Spool state;

        Reading(long limit) {
            this.limit = limit;
        }

        void close() {
            if (state != null) {
                state.close();
            }
        }

        void read(InputStream in) throws IOException {
            String text = "";
            boolean stateFollows = false;
            for (int b = in.read(); b >= 0; b = in.read()) {
                keep(b);
                if (b == '"' && stateFollows && state == null) {
                    Encoded encoded = new Encoded(in);
                    state = Spool.receive(Base64.getDecoder().wrap(encoded), limit);
                    encoded.transferTo(OutputStream.nullOutputStream());
                    keep('"');
                    stateFollows = false;
                } else if (b == '"') {
                    text = text(in);
                    stateFollows = false;
                } else if (b == ':') {
                    stateFollows = text.equals("state");
                } else if (b > ' ') {
                    stateFollows = false;
                }
            }
        }

        /** The rest of a text, kept as it stands. */
        private String text(InputStream in) throws IOException {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            boolean escaped = false;
            for (int b = in.read(); b >= 0; b = in.read()) {
                keep(b);
                if (b == '"' && !escaped) {
                    break;
                }
                escaped = b == '\\' && !escaped;
                text.write(b);
            }
            return text.toString(StandardCharsets.UTF_8);
        }

        private void keep(int b) {
            if (rest.size() == MAX_REST) {
                throw new Refusal.TooLarge("The document is larger than " + MAX_REST + " bytes beside its state.");
            }
            rest.write(b);
        }
    }

    /** The characters of a JSON text up to its end. Base64 knows one that some writers escape. */
    private static final class Encoded extends InputStream {

        private final InputStream in;
        private boolean ended;

        Encoded(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            int b = ended ? -1 : in.read();
            if (b == '\\') {
                b = in.read();
                if (b != '/') {
                    throw Refusal.Invalid.attribute("state", "must be base64");
                }
                return b;
            }
            ended = b < 0 || b == '"';
            return ended ? -1 : b;
        }
    }
}
