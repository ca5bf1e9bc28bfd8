package io.otfd.ui;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Parts of a page as they change: one event {@code part} for each, whose data is the HTML of an element with an id. All
 * of them come first, so that a reader who was away misses nothing.
 */
public final class LiveParts {

    /** After it the reader comes back by itself: who was logged out meanwhile does not. */
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    /** Between two looks at the tables. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private LiveParts() {}

    /** @param parts rendered anew at each look, always as many and in the same order */
    public static Reply.Stream stream(Supplier<List<String>> parts) {
        return new Reply.Stream("text/event-stream; charset=utf-8", out -> write(out, parts));
    }

    private static void write(OutputStream out, Supplier<List<String>> parts) throws IOException {
        Instant end = Instant.now().plus(LIFETIME);
        List<String> shown = new ArrayList<>();
        send(out, "retry: 1000\n\n");
        while (Instant.now().isBefore(end)) {
            List<String> now = parts.get();
            for (int i = 0; i < now.size(); i++) {
                if (i >= shown.size() || !shown.get(i).equals(now.get(i))) {
                    send(out, event(now.get(i)));
                }
            }
            shown = now;
            // Finds out whether the browser is still there.
            send(out, ":\n\n");
            pause();
        }
    }

    private static String event(String html) {
        StringBuilder event = new StringBuilder("event: part\n");
        html.lines().forEach(line -> event.append("data: ").append(line).append('\n'));
        return event.append('\n').toString();
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void pause() throws InterruptedIOException {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the server stops");
        }
    }
}
