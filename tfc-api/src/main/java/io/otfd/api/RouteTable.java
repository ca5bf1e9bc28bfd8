package io.otfd.api;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every route of the API, and how an answer becomes a response. */
public final class RouteTable {

    private static final Logger LOG = LoggerFactory.getLogger(RouteTable.class);

    private final List<Route> routes = new ArrayList<>();
    private final BearerAuthentication authentication;

    public RouteTable(BearerAuthentication authentication) {
        this.authentication = authentication;
    }

    /** Routes of one family; its class is named in the golden list. */
    public final class Family {
        private final String name;
        private final Route.Audience audience;

        private Family(Class<?> owner, Route.Audience audience) {
            this.name = owner.getSimpleName();
            this.audience = audience;
        }

        public Family get(String path, Route.Handler handler, Operation operation) {
            return add(Method.GET, path, handler, operation);
        }

        public Family post(String path, Route.Handler handler, Operation operation) {
            return add(Method.POST, path, handler, operation);
        }

        public Family put(String path, Route.Handler handler, Operation operation) {
            return add(Method.PUT, path, handler, operation);
        }

        public Family patch(String path, Route.Handler handler, Operation operation) {
            return add(Method.PATCH, path, handler, operation);
        }

        public Family delete(String path, Route.Handler handler, Operation operation) {
            return add(Method.DELETE, path, handler, operation);
        }

        private Family add(Method method, String path, Route.Handler handler, Operation operation) {
            routes.add(new Route(method, path, audience, handler, operation, name));
            return this;
        }
    }

    public Family family(Class<?> owner, Route.Audience audience) {
        return new Family(owner, audience);
    }

    public List<Route> routes() {
        return List.copyOf(routes);
    }

    public void register(HttpRouting.Builder routing) {
        for (Route route : routes) {
            routing.route(route.method(), route.path(), (request, response) -> serve(route, request, response));
        }
    }

    private void serve(Route route, ServerRequest request, ServerResponse response) {
        long begin = System.nanoTime();
        Answer answer;
        try {
            Caller caller = authentication.caller(route.audience(), request);
            answer = route.handler().handle(new Call(request, caller, route.operation()));
        } catch (RuntimeException e) {
            answer = ErrorResponses.of(e, route.method() + " " + route.path());
        }
        assert route.answers(answer.status()) : answer.status() + " is not declared of " + route;
        send(answer, response);
        if (LOG.isDebugEnabled()) {
            // The route, not the path: some paths are secrets.
            long micros = (System.nanoTime() - begin) / 1_000;
            LOG.debug("{} {} {} micros={}", route.method(), route.path(), answer.status(), micros);
        }
    }

    /** Also for pages and files that share our listeners. */
    public static void send(Answer answer, ServerResponse response) {
        response.status(Status.create(answer.status()));
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        if (!answer.mediaType().isEmpty()) {
            response.header(HeaderNames.CONTENT_TYPE, answer.mediaType());
        }
        answer.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
        if (answer.stream().isEmpty()) {
            response.send(answer.body());
            return;
        }
        if (answer.length() >= 0) {
            response.header(HeaderNames.CONTENT_LENGTH, Long.toString(answer.length()));
        }
        try {
            // Closed on success only: closing ends the body well, and a client would take half of it for the whole.
            OutputStream out = response.outputStream();
            answer.stream().get().write(out);
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Refusal e) {
            throw new IllegalStateException("a body was cut off", e);
        }
    }
}
