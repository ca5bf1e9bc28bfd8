package io.otfd.api;

import io.helidon.http.Method;

/** One way to call us. */
public record Route(Method method, String path, Audience audience, Handler handler, String handledBy) {

    /** Who may call at all; what they may do there is the services' matter. */
    public enum Audience {
        /** Anybody, with a token or without. */
        PUBLIC,
        /** Who holds the URL: its path is signed. */
        SIGNED,
        /** Who has a token for the API: a user, a team, an organization, or a run's engine. */
        TOKEN,
        /** Agents, by the tokens of their protocol. */
        AGENT
    }

    /** Answers one call. */
    @FunctionalInterface
    public interface Handler {
        Answer handle(Call call);
    }
}
