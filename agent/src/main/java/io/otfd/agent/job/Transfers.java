package io.otfd.agent.job;

import io.otfd.agent.Backoff;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Files from and to places that answer GET and PUT without credentials. Failures that may pass are tried again. */
final class Transfers {

    /** No archive of ours is larger; the engine's own zip is about 30 MiB. */
    private static final long MAX_BYTES = 4L << 30;

    private static final MediaType BYTES = MediaType.get("application/octet-stream");

    private final OkHttpClient http;
    private final int attempts;

    /** @param attempts before a place that does not answer, or answers 5xx, is given up */
    Transfers(OkHttpClient http, int attempts) {
        this.http = http;
        this.attempts = attempts;
    }

    /**
     * @param url asked for before each attempt
     * @param what how the thing is called in sentences, such as "The configuration"
     * @return headers of the answer
     */
    Headers download(Supplier<String> url, Path target, String what, Control control)
            throws JobFailure, JobStopped, InterruptedException {
        AtomicReference<Headers> headers = new AtomicReference<>();
        attempt(what, "fetched", control, () -> {
            try (Response response = call(new Request.Builder().url(url.get()).build())) {
                headers.set(response.headers());
                if (response.isSuccessful()) {
                    try (OutputStream out = new Limited(Files.newOutputStream(target))) {
                        response.body().byteStream().transferTo(out);
                    }
                }
                return response.code();
            }
        });
        return headers.get();
    }

    void upload(Supplier<String> url, Path file, String what, Control control)
            throws JobFailure, JobStopped, InterruptedException {
        RequestBody body = RequestBody.create(file.toFile(), BYTES);
        attempt(what, "stored", control, () -> {
            try (Response response =
                    call(new Request.Builder().url(url.get()).put(body).build())) {
                return response.code();
            }
        });
    }

    private Response call(Request request) throws IOException {
        return http.newCall(request).execute();
    }

    private interface Attempt {

        /** @return status code */
        int run() throws IOException;
    }

    private void attempt(String what, String verb, Control control, Attempt attempt)
            throws JobFailure, JobStopped, InterruptedException {
        Backoff backoff = new Backoff();
        String failure = "";
        for (int i = 0; i < attempts; i++) {
            control.check();
            try {
                int status = attempt.run();
                if (status < 400) {
                    return;
                }
                if (status < 500 && status != 429 && status != 408) {
                    throw new JobFailure(what + " could not be " + verb + ": the server answered " + status + ".");
                }
                failure = "the server answered " + status;
            } catch (TooLarge e) {
                throw new JobFailure(what + " could not be " + verb + ": it is too large.", e);
            } catch (IOException e) {
                if (Disk.isFull(e)) {
                    throw new JobFailure(what + " could not be " + verb + ": " + Disk.FULL + ".", e);
                }
                if (e instanceof FileSystemException) {
                    throw new JobFailure(what + " could not be " + verb + " on the agent's disk: " + e + ".", e);
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                failure = e.getMessage();
            } catch (IllegalArgumentException e) {
                throw new JobFailure(what + " could not be " + verb + ": its address is not a URL.", e);
            }
            backoff.pause();
        }
        throw new JobFailure(what + " could not be " + verb + ": " + failure + ".");
    }

    private static final class TooLarge extends IOException {}

    private static final class Limited extends FilterOutputStream {

        private long count;

        Limited(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            count += length;
            if (count > MAX_BYTES) {
                throw new TooLarge();
            }
            out.write(buffer, offset, length);
        }
    }
}
