package io.otfd.ui;

import io.otfd.access.Caller;

/** A browser that is logged in. */
public record Session(Caller.User user, String secret) {

    @Override
    public String toString() {
        return "Session of " + user.username();
    }
}
