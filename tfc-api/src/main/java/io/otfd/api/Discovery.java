package io.otfd.api;

import java.nio.charset.StandardCharsets;

/** What clients ask before anything else. None of it needs a token, and a wrong one is fine. */
public final class Discovery {

    /** {@code motd} and the registry of providers are left out until they answer. */
    private static final byte[] SERVICES = """
            {"tfe.v2":"/api/v2/","tfe.v2.1":"/api/v2/","tfe.v2.2":"/api/v2/","state.v2":"/api/v2/",\
            "modules.v1":"/api/registry/v1/modules/",\
            "login.v1":{"client":"terraform-cli","grant_types":["authz_code"],"authz":"/oauth/authorize",\
            "token":"/oauth/token","ports":[10000,10010]}}
            """.strip().getBytes(StandardCharsets.UTF_8);

    private Discovery() {}

    public static void register(RouteTable routes) {
        routes.family(Discovery.class, Route.Audience.PUBLIC)
                .get(
                        "/.well-known/terraform.json",
                        call -> Answer.of(200, "application/json", SERVICES),
                        Operation.json())
                .get("/api/v2/ping", call -> Answer.noContent(), Operation.noContent());
    }
}
