package io.otfd.user;

import io.otfd.Ids.UserId;
import io.otfd.Refusal;
import io.otfd.organization.Names;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A person.
 *
 * @param unconfirmedEmail takes the place of {@code email} when a site admin confirms it
 * @param siteAdmin owns every organization
 * @param pending invited, and has not set a password yet
 * @param suspended may not come in, neither by password nor by token
 */
public record User(
        UserId id,
        String username,
        String email,
        Optional<String> unconfirmedEmail,
        boolean siteAdmin,
        boolean pending,
        boolean suspended,
        boolean hasPassword,
        Instant createdAt) {

    /** Of RFC 5321. */
    private static final int MAX_EMAIL = 254;

    private static final Pattern EMAIL = Pattern.compile("[^@\\s\\p{Cntrl}<>,;]+@[^@\\s\\p{Cntrl}<>,;]+");

    public User {
        Names.username(username);
        email(email);
        unconfirmedEmail.ifPresent(User::email);
    }

    /** @throws Refusal.Invalid for what is no address */
    public static String email(String text) {
        if (text.isBlank()) {
            throw Refusal.Invalid.attribute("email", "can't be blank");
        }
        if (text.length() > MAX_EMAIL || !EMAIL.matcher(text).matches()) {
            throw Refusal.Invalid.attribute("email", "is invalid");
        }
        return text;
    }

    User named(String username, String email, Optional<String> unconfirmedEmail) {
        return new User(id, username, email, unconfirmedEmail, siteAdmin, pending, suspended, hasPassword, createdAt);
    }

    User with(boolean siteAdmin, boolean suspended) {
        return new User(id, username, email, unconfirmedEmail, siteAdmin, pending, suspended, hasPassword, createdAt);
    }
}
