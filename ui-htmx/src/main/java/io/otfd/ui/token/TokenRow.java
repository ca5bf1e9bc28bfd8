package io.otfd.ui.token;

import io.otfd.token.Token;
import io.otfd.ui.Moment;
import java.util.Optional;

/** A token as it may be shown again. */
public record TokenRow(
        String description,
        Moment createdAt,
        Optional<Moment> lastUsedAt,
        Optional<Moment> expiresAt,
        String deleteUrl) {

    static TokenRow of(Token token, String deleteUrl) {
        return new TokenRow(
                token.description().filter(text -> !text.isBlank()).orElse("(no description)"),
                Moment.of(token.createdAt()),
                token.lastUsedAt().map(Moment::of),
                token.expiresAt().map(Moment::of),
                deleteUrl);
    }
}
