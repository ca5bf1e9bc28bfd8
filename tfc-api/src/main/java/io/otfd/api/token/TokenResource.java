package io.otfd.api.token;

import static io.otfd.api.Schema.TEXT;
import static io.otfd.api.Schema.TIME;

import io.otfd.api.Resource;
import io.otfd.api.Schema;
import io.otfd.token.Token;
import java.util.Optional;

/** The {@code authentication-tokens} document, the same for every owner (cloud-docs/api-docs/team-tokens, …). */
public final class TokenResource {

    public static final Schema SCHEMA = Schema.of("authentication-tokens")
            .writable(TEXT.orNull(), "description")
            .writable(TIME.orNull(), "expired-at")
            .readOnly(TIME, "created-at")
            .readOnly(TIME.orNull(), "last-used-at")
            .readOnly(TEXT.orNull(), "token")
            .one("team", "teams")
            .sometimes("team")
            .oneOrNone("created-by", "users", "teams");

    private TokenResource() {}

    public static Resource of(Token token) {
        return of(token, Optional.empty());
    }

    public static Resource of(Token.Minted minted) {
        return of(minted.token(), Optional.of(minted.secret()));
    }

    /** @param secret in the answer to the creation, and never again */
    private static Resource of(Token token, Optional<String> secret) {
        Resource resource = new Resource(SCHEMA, token.id().value())
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
