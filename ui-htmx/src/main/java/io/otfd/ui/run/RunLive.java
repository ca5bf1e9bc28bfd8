package io.otfd.ui.run;

import io.otfd.event.Events;
import io.otfd.event.Topics;
import io.otfd.log.Logs;
import io.otfd.run.Run;
import io.otfd.run.RunView;
import io.otfd.ui.log.LogTail;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A run as it happens: events {@code run} (the summary's HTML), {@code plan} and {@code apply} (HTML to append to the
 * log) and {@code end}. Ids are cursors, so a reader that comes back goes on where it was.
 */
final class RunLive {

    /** After it the reader comes back by itself: who was logged out meanwhile does not. */
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    /** Also the longest delay after a lost notification. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Supplier<RunView> reread;
    private final Function<RunView, RunSummary> summarize;
    private final Function<RunSummary, String> render;
    private final Logs logs;
    private final Events events;

    RunLive(
            Supplier<RunView> reread,
            Function<RunView, RunSummary> summarize,
            Function<RunSummary, String> render,
            Logs logs,
            Events events) {
        this.reread = reread;
        this.summarize = summarize;
        this.render = render;
        this.logs = logs;
        this.events = events;
    }

    /** @param seen version of the summary that the reader has */
    void write(OutputStream out, LiveCursor from, String seen) throws IOException {
        Run run = reread.get().run();
        LogTail plan = LogTail.from(logs, run.plan().id(), from.plan());
        LogTail apply = LogTail.from(logs, run.apply().id(), from.apply());
        Instant end = Instant.now().plus(LIFETIME);
        String shown = seen;
        try (Watch watch = new Watch(
                events,
                List.of(
                        Topics.run(run.id()),
                        Topics.log(run.plan().id()),
                        Topics.log(run.apply().id())))) {
            // Comes at once, so that a reader notices a proxy that holds the stream back.
            send(out, "retry: 1000\nevent: ready\ndata: \n\n");
            while (Instant.now().isBefore(end)) {
                // The status is read before the logs: when it is final, what the logs hold then is all.
                RunView view = reread.get();
                boolean over = view.run().status().isFinal();
                follow(out, "plan", plan, over, plan, apply);
                follow(out, "apply", apply, over, plan, apply);
                RunSummary summary = summarize.apply(view);
                if (!summary.version().equals(shown)) {
                    event(out, "run", cursor(plan, apply), render.apply(summary));
                    shown = summary.version();
                }
                if (over) {
                    event(out, "end", cursor(plan, apply), "");
                    return;
                }
                watch.await(PATIENCE);
                // Finds out whether the browser is still there.
                send(out, ":\n\n");
            }
        }
    }

    private static void follow(OutputStream out, String name, LogTail tail, boolean over, LogTail plan, LogTail apply)
            throws IOException {
        for (String html = tail.next(over); !html.isEmpty(); html = tail.next(over)) {
            event(out, name, cursor(plan, apply), html);
        }
    }

    private static String cursor(LogTail plan, LogTail apply) {
        return new LiveCursor(plan.cursor(), apply.cursor()).toString();
    }

    static void event(OutputStream out, String name, String id, String data) throws IOException {
        StringBuilder event = new StringBuilder("event: ")
                .append(name)
                .append("\nid: ")
                .append(id)
                .append('\n');
        for (String line : data.split("\\R", -1)) {
            event.append("data: ").append(line).append('\n');
        }
        send(out, event.append('\n').toString());
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
