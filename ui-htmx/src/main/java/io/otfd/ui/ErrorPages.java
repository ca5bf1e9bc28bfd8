package io.otfd.ui;

import io.otfd.Refusal;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where a refusal becomes a page. */
final class ErrorPages {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorPages.class);

    private ErrorPages() {}

    static Reply of(RuntimeException failure, Visit visit) {
        if (failure instanceof Refusal refusal) {
            return page(visit, status(refusal), title(refusal), sentence(refusal.getMessage()));
        }
        LOG.error("failed: {}", visit.what(), failure);
        return page(visit, 500, "Something went wrong", "The server's log says more.");
    }

    static int status(Refusal refusal) {
        return switch (refusal) {
            case Refusal.NotFound _ -> 404;
            case Refusal.Unauthenticated _ -> 401;
            case Refusal.Denied _ -> 403;
            case Refusal.Malformed _ -> 400;
            case Refusal.Conflict _ -> 409;
            case Refusal.Gone _ -> 410;
            case Refusal.Precondition _ -> 412;
            case Refusal.TooLarge _ -> 413;
            case Refusal.TooMany _ -> 429;
            case Refusal.Unavailable _ -> 503;
            case Refusal.Invalid _ -> 422;
        };
    }

    private static String title(Refusal refusal) {
        return switch (refusal) {
            case Refusal.NotFound _ -> "Page not found";
            case Refusal.Unauthenticated _ -> "Log in first";
            case Refusal.Denied _ -> "Not allowed";
            case Refusal.Malformed _ -> "The request cannot be read";
            case Refusal.Conflict _, Refusal.Precondition _ -> "Not possible now";
            case Refusal.Gone _ -> "Gone";
            case Refusal.TooLarge _ -> "Too large";
            case Refusal.TooMany _ -> "Too many attempts";
            case Refusal.Unavailable _ -> "Not available for now";
            case Refusal.Invalid _ -> "Not accepted";
        };
    }

    private static String sentence(String message) {
        return message.equals("not found")
                ? "There is nothing here. It was deleted or renamed, or you may not see it, or the address holds a typing error."
                : message;
    }

    private static Reply page(Visit visit, int status, String title, String message) {
        return new Reply.Html(
                status, "error", new ErrorPage(visit.frame(title, List.of()), status, message, visit.isPartial()));
    }
}
