package io.otfd.ui;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.otfd.Refusal;
import io.otfd.blob.Spool;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;

/** Where pages are registered, and how a reply becomes a response. */
public final class Routes {

    /** What is shown, asked of someone known. */
    public interface Handler {
        Reply handle(Visit visit);
    }

    private static final HeaderName REFERRER_POLICY = HeaderNames.create("Referrer-Policy");
    private static final HeaderName CONTENT_SECURITY_POLICY = HeaderNames.create("Content-Security-Policy");
    private static final HeaderName CONTENT_TYPE_OPTIONS = HeaderNames.create("X-Content-Type-Options");
    private static final HeaderName FRAME_OPTIONS = HeaderNames.create("X-Frame-Options");
    private static final HeaderName OPENER_POLICY = HeaderNames.create("Cross-Origin-Opener-Policy");
    private static final HeaderName ACCEL_BUFFERING = HeaderNames.create("X-Accel-Buffering");
    static final HeaderName HX_REDIRECT = HeaderNames.create("HX-Redirect");

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final HttpRouting.Builder routing;
    private final Sessions sessions;
    private final Templates templates;

    Routes(HttpRouting.Builder routing, Sessions sessions, Templates templates) {
        this.routing = routing;
        this.sessions = sessions;
        this.templates = templates;
    }

    /** For people who are logged in; others are sent to the login. */
    public Routes get(String path, Handler handler) {
        return add(Method.GET, path, visit -> {
            visit.caller();
            return handler.handle(visit);
        });
    }

    /** For people who are logged in, and only from a form of ours. */
    public Routes post(String path, Handler handler) {
        return add(Method.POST, path, visit -> {
            visit.requireForm();
            return handler.handle(visit);
        });
    }

    /** What a form brings. */
    public interface FileHandler {
        Reply handle(Visit visit, Spool file);
    }

    /**
     * The same with a form whose last field is a file; it is received whole before the handler is asked.
     *
     * @param limit of the file, in bytes
     * @param permit refuses those for whom nothing is to be received
     */
    public Routes postFile(String path, long limit, Consumer<Visit> permit, FileHandler handler) {
        return add(Method.POST, path, visit -> {
            InputStream file = visit.file();
            visit.requireForm();
            permit.accept(visit);
            try (Spool spool = Spool.receive(file, limit)) {
                return handler.handle(visit, spool);
            }
        });
    }

    /** For everyone. */
    public Routes getOpen(String path, Handler handler) {
        return add(Method.GET, path, handler);
    }

    /** For everyone, from a page of ours. */
    public Routes postOpen(String path, Handler handler) {
        return add(Method.POST, path, visit -> {
            visit.requireSameOrigin();
            return handler.handle(visit);
        });
    }

    void notFound(String path) {
        routing.any(
                path,
                (request, response) -> serve(request, response, visit -> {
                    throw new Refusal.NotFound();
                }));
    }

    private Routes add(Method method, String path, Handler handler) {
        routing.route(method, path, (request, response) -> serve(request, response, handler));
        return this;
    }

    private void serve(ServerRequest request, ServerResponse response, Handler handler) {
        Visit visit = new Visit(request, Optional.empty());
        Reply reply;
        try {
            visit = new Visit(request, sessions.of(request));
            reply = handler.handle(visit);
        } catch (Refusal.Unauthenticated e) {
            reply = visit.toLogin();
        } catch (RuntimeException e) {
            reply = ErrorPages.of(e, visit);
        }
        send(reply, visit, response);
    }

    private void send(Reply reply, Visit visit, ServerResponse response) {
        response.header(CONTENT_SECURITY_POLICY, POLICY);
        response.header(CONTENT_TYPE_OPTIONS, "nosniff");
        // Not no-referrer: browsers would send "Origin: null" with our own forms.
        response.header(REFERRER_POLICY, "same-origin");
        response.header(FRAME_OPTIONS, "DENY");
        response.header(OPENER_POLICY, "same-origin");
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        switch (reply) {
            case Reply.Html html -> {
                response.status(Status.create(html.status()));
                if (visit.flash().isPresent()) {
                    response.headers().addCookie(Flash.removal(visit.isSecure()));
                }
                response.header(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8");
                response.send(templates.bytes(html.template(), html.model()));
            }
            case Reply.Redirect redirect -> {
                redirect.cookie().ifPresent(cookie -> response.headers().addCookie(cookie));
                redirect.flash().ifPresent(said -> response.headers().addCookie(Flash.cookie(said, visit.isSecure())));
                if (redirect.partial()) {
                    response.status(Status.NO_CONTENT_204).header(HX_REDIRECT, redirect.location());
                } else {
                    response.status(Status.SEE_OTHER_303).header(HeaderNames.LOCATION, redirect.location());
                }
                response.send();
            }
            case Reply.Unauthorized() ->
                response.status(Status.UNAUTHORIZED_401).send();
            case Reply.Stream stream -> {
                response.header(HeaderNames.CONTENT_TYPE, stream.contentType());
                response.header(ACCEL_BUFFERING, "no");
                stream.file()
                        .ifPresent(name -> response.header(
                                HeaderNames.CONTENT_DISPOSITION, "attachment; filename*=UTF-8''" + Links.encode(name)));
                stream(stream, response);
            }
        }
    }

    /** Closed on success only: closing ends the body well, and half of it would pass for the whole. */
    private static void stream(Reply.Stream stream, ServerResponse response) {
        try {
            OutputStream out = response.outputStream();
            stream.body().write(out);
            out.close();
        } catch (IOException | UncheckedIOException | Refusal e) {
            // The browser is gone, or the database is; a reader who is still there comes back.
            throw new CloseConnectionException("a stream was cut off", e);
        }
    }
}
