package io.otfd.api.openapi;

import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.Operation;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;

/** This API described by itself, for people and generators of clients. */
public final class OpenApiEndpoints {

    private final RouteTable routes;
    private final String version;
    private volatile Answer answer;

    /** @param version of this build */
    public OpenApiEndpoints(RouteTable routes, String version) {
        this.routes = routes;
        this.version = version;
    }

    public void register() {
        routes.family(OpenApiEndpoints.class, Route.Audience.PUBLIC)
                .get("/openapi.json", this::document, Operation.json());
    }

    /** Written once, on demand: it must come after all registrations. */
    private Answer document(Call call) {
        if (answer == null) {
            answer = Answer.json(OpenApiDocument.of(routes.routes(), version));
        }
        return answer;
    }
}
