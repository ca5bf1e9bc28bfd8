package io.otfd.api;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.token.Tokens;
import java.util.function.Function;

/** {@code Authorization: Bearer …} → {@link Caller}. */
public final class BearerAuthentication {

    private static final String SCHEME = "Bearer ";

    private final Tokens tokens;

    public BearerAuthentication(Tokens tokens) {
        this.tokens = tokens;
    }

    /** @throws Refusal.Unauthenticated where a token is needed and none of the right kind is there */
    Caller caller(Route.Audience audience, ServerRequest request) {
        return switch (audience) {
            case PUBLIC, SIGNED -> null;
            case TOKEN ->
                switch (verify(request, tokens::verify)) {
                    case Caller.User user -> user;
                    case Caller.Team team -> team;
                    case Caller.Organization organization -> organization;
                    case Caller.Run run -> run;
                    case Caller.Task task -> task;
                    // Agents' tokens are for their protocol alone (cloud-docs/agents).
                    case Caller.AgentPool _, Caller.Agent _, Caller.Server _ -> throw new Refusal.Unauthenticated();
                };
            case AGENT ->
                switch (verify(request, tokens::verify)) {
                    case Caller.User _, Caller.Team _, Caller.Organization _, Caller.Run _, Caller.Task _ ->
                        throw new Refusal.Unauthenticated();
                    case Caller.AgentPool pool -> pool;
                    case Caller.Agent agent -> agent;
                    case Caller.Server server -> server;
                };
            case JOB ->
                switch (verify(request, tokens::verifyOrEnded)) {
                    case Caller.Run run -> run;
                    case Caller.User _,
                            Caller.Team _,
                            Caller.Organization _,
                            Caller.Task _,
                            Caller.AgentPool _,
                            Caller.Agent _,
                            Caller.Server _ -> throw new Refusal.Unauthenticated();
                };
        };
    }

    private static Caller verify(ServerRequest request, Function<String, Caller> tokens) {
        String header = request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw new Refusal.Unauthenticated();
        }
        return tokens.apply(header.substring(SCHEME.length()).strip());
    }
}
