package io.otfd.api;

import io.helidon.http.Method;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** One way to call us. */
public record Route(
        Method method, String path, Audience audience, Handler handler, Operation operation, String handledBy) {

    /** Who may call at all; what they may do there is the services' matter. */
    public enum Audience {
        /** Anybody, with a token or without. */
        PUBLIC,
        /** Who holds the URL: its path is signed. */
        SIGNED,
        /** Who has a token for the API: a user, a team, an organization, or a run's engine. */
        TOKEN,
        /** Agents, by the tokens of their protocol. */
        AGENT,
        /** Who executes a run, by its token; also to hear that the run is over. */
        JOB
    }

    /** What a call may be refused with; a 5xx besides, and never because of the call. */
    public SortedSet<Integer> refusals() {
        SortedSet<Integer> refusals = new TreeSet<>(operation.refusals());
        if (audience != Audience.PUBLIC) {
            refusals.addAll(List.of(400, 404));
        }
        if (audience == Audience.TOKEN || audience == Audience.AGENT || audience == Audience.JOB) {
            refusals.add(401);
            if (method != Method.GET) {
                refusals.addAll(List.of(409, 422));
            }
        }
        if (operation.taken() != Operation.Taken.NOTHING) {
            refusals.add(413);
        }
        return refusals;
    }

    boolean answers(int status) {
        return status >= 500
                || operation.statuses().contains(status)
                || refusals().contains(status);
    }

    /** Answers one call. */
    @FunctionalInterface
    public interface Handler {
        Answer handle(Call call);
    }
}
