package io.otfd.agent.job;

import io.otfd.agent.AgentLog;
import io.otfd.agent.Backoff;
import io.otfd.agent.protocol.JobOffer;
import io.otfd.agent.protocol.Wire;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Sends a job's log while it grows: one chunk at a time, in order, at the position that the server acknowledged. A
 * server that is away is waited for; the engine is not, since it writes to files.
 */
final class LogStreamer {

    private static final MediaType BYTES = MediaType.get("application/octet-stream");
    private static final int CHUNK_BYTES = 256 << 10;
    private static final long LOOK_EVERY_MILLIS = 50;

    private final JobLog log;
    private final OkHttpClient http;
    private final Supplier<JobOffer> offer;
    private final Control control;
    private final AgentLog agentLog;
    private final byte[] buffer = new byte[CHUNK_BYTES];
    private final Object lock = new Object();

    private boolean flushing;
    private boolean done;
    private Thread thread;

    /** Touched by the streaming thread only. */
    private long position;

    private String refusedUrl = "";

    LogStreamer(JobLog log, OkHttpClient http, Supplier<JobOffer> offer, Control control, AgentLog agentLog) {
        this.log = log;
        this.http = http;
        this.offer = offer;
        this.control = control;
        this.agentLog = agentLog;
    }

    void start() {
        thread = Thread.ofVirtual().name("otf-log").start(this::stream);
    }

    /** Returns when the server holds everything, does not want it, or the job is not ours any more. */
    void finish() throws InterruptedException {
        synchronized (lock) {
            flushing = true;
            lock.notifyAll();
        }
        thread.join();
    }

    /** Stops at once; what was not sent yet can be sent by another streamer on the same files. */
    void abandon() {
        synchronized (lock) {
            done = true;
            lock.notifyAll();
        }
        thread.interrupt();
    }

    private void stream() {
        Backoff backoff = new Backoff();
        try {
            while (true) {
                boolean last = look();
                boolean sentAll = false;
                while (!sentAll) {
                    if (isDone()) {
                        return;
                    }
                    int length = log.read(position, buffer);
                    sentAll = length == 0 || !wanted();
                    if (!sentAll && send(length)) {
                        backoff.reset();
                    } else if (!sentAll) {
                        backoff.pause();
                    }
                }
                if (last) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            agentLog.error(
                    "the log of a run could not be read", "run.id", offer.get().jobId(), "error", e);
        }
    }

    /** Waits for the next look at the files. True when nothing will be added after it. */
    private boolean look() throws InterruptedException {
        synchronized (lock) {
            if (!flushing && !done) {
                lock.wait(LOOK_EVERY_MILLIS);
            }
            return flushing;
        }
    }

    private boolean isDone() {
        synchronized (lock) {
            return done || control.abandoned();
        }
    }

    private boolean wanted() {
        return !refusedUrl.equals(offer.get().data().terraformLogUrl());
    }

    /** True when the position moved or nothing more is wanted; false to try again later. */
    private boolean send(int length) {
        String url = offer.get().data().terraformLogUrl();
        Request request = new Request.Builder()
                .url(url)
                .header(Wire.LOG_OFFSET_HEADER, Long.toString(position))
                .patch(RequestBody.create(buffer, BYTES, 0, length))
                .build();
        try (Response response = http.newCall(request).execute()) {
            Optional<Long> held = held(response);
            if (response.isSuccessful()) {
                position = held.orElse(position + length);
                return true;
            }
            if (response.code() == 409 && held.isPresent() && held.get() != position) {
                position = held.get();
                return true;
            }
            if (response.code() >= 500 || response.code() == 429 || response.code() == 408) {
                return false;
            }
            agentLog.warn(
                    "the server does not take the log", "run.id", offer.get().jobId(), "http.status", response.code());
            refusedUrl = url;
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<Long> held(Response response) {
        try {
            return Optional.ofNullable(response.header(Wire.LOG_OFFSET_HEADER)).map(Long::valueOf);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
