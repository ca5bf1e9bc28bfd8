package io.otfd.api;

import io.otfd.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where a refusal becomes an HTTP answer. */
public final class ErrorResponses {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorResponses.class);

    private ErrorResponses() {}

    /** A route or a thing that is not there. */
    public static Answer notFound() {
        return JsonApi.error(404, "not found", null, null);
    }

    /** A request that cannot be read. */
    public static Answer malformed(String message) {
        return of(new Refusal.Malformed(message));
    }

    /** @param where method and path, for the log */
    public static Answer of(Throwable failure, String where) {
        return failure instanceof Refusal refusal ? of(refusal) : bug(failure, where);
    }

    private static Answer of(Refusal refusal) {
        String message = refusal.getMessage();
        return switch (refusal) {
            case Refusal.NotFound _ -> notFound();
            case Refusal.Unauthenticated _ -> JsonApi.error(401, "unauthorized", null, null);
            case Refusal.Denied _ -> JsonApi.error(403, "forbidden", message, null);
            case Refusal.Malformed _ -> JsonApi.error(400, "bad request", message, null);
            case Refusal.Conflict _ -> JsonApi.error(409, "conflict", message, null);
            case Refusal.Gone _ -> JsonApi.error(410, "gone", message, null);
            case Refusal.Precondition _ -> JsonApi.error(412, "precondition failed", message, null);
            case Refusal.TooLarge _ -> JsonApi.error(413, "payload too large", message, null);
            case Refusal.TooMany _ -> JsonApi.error(429, "too many requests", message, null);
            case Refusal.Unavailable _ ->
                // The CLI waits and asks again where it reads these words (observed: Terraform 1.11, outputs).
                JsonApi.error(503, "service unavailable", message, null);
            case Refusal.Invalid invalid ->
                JsonApi.error(422, invalid.title(), message, invalid.pointer().orElse(null));
        };
    }

    private static Answer bug(Throwable failure, String where) {
        LOG.error("failed: {}", where, failure);
        return JsonApi.error(500, "internal server error", "The server's log says more.", null);
    }
}
