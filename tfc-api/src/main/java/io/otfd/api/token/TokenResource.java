package io.otfd.api.token;

import io.otfd.api.Resource;
import io.otfd.token.Token;
import java.util.Optional;

/** The {@code authentication-tokens} document (cloud-docs/api-docs/agent-tokens). */
public final class TokenResource {

    private TokenResource() {}

    /** @param secret in the answer to the creation, and never again */
    public static Resource of(Token token, Optional<String> secret) {
        return new Resource("authentication-tokens", token.id().value())
                .attribute("created-at", token.createdAt())
                .attribute("last-used-at", token.lastUsedAt())
                .attribute("description", token.description())
                .attribute("token", secret)
                .attribute("expired-at", null)
                .toOne("created-by", "users", token.createdBy())
                .link("self", "/api/v2/authentication-tokens/" + token.id().value());
    }
}
