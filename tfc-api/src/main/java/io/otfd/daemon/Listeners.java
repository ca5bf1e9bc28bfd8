package io.otfd.daemon;

import io.helidon.common.tls.Tls;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.otfd.api.Answer;
import io.otfd.api.ErrorResponses;
import io.otfd.api.JsonApi;
import io.otfd.api.RouteTable;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The web server: the public listener, and one on the loopback interface for the server's own agent, with the same
 * routes, so that TLS and its CA are not in the way. Filters, error handling and protocol settings are per listener.
 */
final class Listeners {

    /** Running requests get this long when the server stops. */
    private static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(5);

    private static final int MAX_PROLOGUE = 16 * 1024;
    private static final int MAX_CONNECTIONS = 20_000;
    private static final HeaderName API_VERSION = HeaderNames.create("TFP-API-Version");
    private static final HeaderName APP_NAME = HeaderNames.create("TFP-AppName");

    private Listeners() {}

    /** @param loopbackPort of the agent's listener, or 0 for any free one */
    static WebServer start(
            Config.ListenAddress address, Optional<Tls> tls, int loopbackPort, Consumer<HttpRouting.Builder> routes) {
        WebServerConfig.Builder server = WebServer.builder()
                .shutdownGracePeriod(SHUTDOWN_GRACE)
                .shutdownHook(false)
                .host(address.host().isEmpty() ? "0.0.0.0" : address.host())
                .port(address.port());
        configure(server, routes);
        tls.ifPresent(server::tls);
        server.putSocket("loopback", socket -> {
            socket.host("127.0.0.1").port(loopbackPort).shutdownGracePeriod(SHUTDOWN_GRACE);
            configure(socket, routes);
        });
        return server.build().start();
    }

    private static void configure(ListenerConfig.BuilderBase<?, ?> listener, Consumer<HttpRouting.Builder> routes) {
        listener.addProtocol(Http1Config.builder()
                .validatePrologue(false)
                .maxPrologueLength(MAX_PROLOGUE)
                .build());
        listener.maxTcpConnections(MAX_CONNECTIONS);
        listener.directHandlers(directHandlers());
        HttpRouting.Builder routing = HttpRouting.builder();
        routing.addFilter((chain, request, response) -> {
            // As HCP Terraform: the CLI shows a plan to no other server (observed: Terraform 1.11).
            response.header(API_VERSION, "2.6");
            response.header(APP_NAME, "HCP Terraform");
            if (request.headers().contains(HeaderNames.CONTENT_LENGTH)
                    && request.headers().contains(HeaderNames.TRANSFER_ENCODING)) {
                // Two lengths: a proxy in front of us may have believed the other one.
                response.header(HeaderNames.CONNECTION, "close");
                RouteTable.send(ErrorResponses.malformed("Two lengths for one body."), response);
                return;
            }
            chain.proceed();
        });
        routes.accept(routing);
        routing.any((request, response) -> RouteTable.send(ErrorResponses.notFound(), response));
        routing.error(
                Throwable.class,
                (request, response, failure) -> RouteTable.send(
                        ErrorResponses.of(
                                failure,
                                request.prologue().method() + " "
                                        + request.path().path()),
                        response));
        listener.routing(routing);
    }

    /** What the server answers before a request reaches any handler. */
    private static DirectHandlers directHandlers() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            handlers.addHandler(type, (request, event, status, headers, message) -> {
                Answer answer =
                        JsonApi.error(status.code(), status.reasonPhrase().toLowerCase(java.util.Locale.ROOT));
                return DirectHandler.TransportResponse.builder()
                        .status(status)
                        .headers(headers)
                        .header(HeaderNames.CONTENT_TYPE, answer.mediaType())
                        .entity(answer.body())
                        .build();
            });
        }
        return handlers.build();
    }
}
