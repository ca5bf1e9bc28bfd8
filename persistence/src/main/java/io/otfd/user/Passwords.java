package io.otfd.user;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import io.otfd.Ids.UserId;
import io.otfd.Refusal;
import io.otfd.database.Tx;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Passwords and the form in which they are kept: Argon2id. */
final class Passwords {

    private static final int MIN_LENGTH = 10;
    private static final int MAX_LENGTH = 1000;

    /** OWASP's smallest recommendation: 19 MiB, 2 passes, 1 lane. */
    private static final Argon2Function ARGON2 = Argon2Function.getInstance(19 * 1024, 2, 1, 32, Argon2.ID);

    private static final int SALT_BYTES = 16;

    /** So that many who try at once take neither all memory nor all processors. */
    private static final Semaphore AT_ONCE = new Semaphore(2, true);

    private static final long PATIENCE_SECONDS = 20;

    /** Of no password: what an unknown name is compared with, for as long. */
    private static final String NOBODY =
            Password.hash("nobody").addRandomSalt(SALT_BYTES).with(ARGON2).getResult();

    private Passwords() {}

    private interface Work<T> {
        T done();
    }

    private static <T> T inTurn(Work<T> work) {
        try {
            if (!AT_ONCE.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new Refusal.Unavailable("Too many people are signing in. Try again in a moment.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        try {
            return work.done();
        } finally {
            AT_ONCE.release();
        }
    }

    /** @throws Refusal.Invalid for a password that is too easily guessed, or typed otherwise the second time */
    static String hash(String password, String again, String username) {
        if (password.length() < MIN_LENGTH) {
            throw Refusal.Invalid.attribute("password", "must have " + MIN_LENGTH + " characters or more");
        }
        if (password.length() > MAX_LENGTH) {
            throw Refusal.Invalid.attribute("password", "must have " + MAX_LENGTH + " characters at most");
        }
        if (password.equalsIgnoreCase(username)) {
            throw Refusal.Invalid.attribute("password", "must not be the user name");
        }
        if (!password.equals(again)) {
            throw Refusal.Invalid.attribute("password_confirmation", "is not the same as the password");
        }
        return inTurn(() ->
                Password.hash(password).addRandomSalt(SALT_BYTES).with(ARGON2).getResult());
    }

    /** @param hash empty takes as long, and never matches */
    static boolean matches(String password, Optional<String> hash) {
        String kept = hash.orElse(NOBODY);
        // Longer ones cannot have been set; hashing them would be work for nothing.
        String typed = password.substring(0, Math.min(password.length(), MAX_LENGTH + 1));
        return inTurn(() -> Password.check(typed, kept).with(Argon2Function.getInstanceFromHash(kept)))
                && hash.isPresent();
    }

    /** Sets it, and ends what was for setting it. */
    static void store(Tx tx, UserId user, String hash) {
        tx.update("user.update_password", "id", user, "password_hash", hash);
        tx.update("user.delete_links", "user_id", user);
    }
}
