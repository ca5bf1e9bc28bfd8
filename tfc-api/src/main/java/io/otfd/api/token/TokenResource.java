package io.otfd.api.token;

import io.otfd.api.Resource;
import io.otfd.token.Token;
import java.util.Optional;

/** The {@code authentication-tokens} document, the same for every owner (cloud-docs/api-docs/team-tokens, …). */
public final class TokenResource {

    private TokenResource() {}

    public static Resource of(Token token) {
        return of(token, Optional.empty());
    }

    public static Resource of(Token.Minted minted) {
        return of(minted.token(), Optional.of(minted.secret()));
    }

    /** @param secret in the answer to the creation, and never again */
    private static Resource of(Token token, Optional<String> secret) {
        Resource resource = new Resource("authentication-tokens", token.id().value())
                .attribute("created-at", token.createdAt())
                .attribute("last-used-at", token.lastUsedAt())
                .attribute("description", token.description())
                .attribute("token", secret)
                .attribute("expired-at", token.expiresAt())
                .link("self", "/api/v2/authentication-tokens/" + token.id().value());
        if (token.owner() instanceof Token.Owner.Team team) {
            resource.toOne("team", "teams", team.id().value());
        }
        if (token.createdBy().isEmpty()) {
            return resource.toOne("created-by", "users", Optional.empty());
        }
        return switch (token.createdBy().get()) {
            case Token.Creator.User user ->
                resource.toOne("created-by", "users", user.id().value());
            case Token.Creator.Team team ->
                resource.toOne("created-by", "teams", team.id().value());
        };
    }
}
