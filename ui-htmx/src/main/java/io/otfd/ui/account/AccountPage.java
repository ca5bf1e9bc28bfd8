package io.otfd.ui.account;

import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import io.otfd.ui.Moment;
import java.util.List;
import java.util.Optional;

/**
 * @param unconfirmed an address that waits for a site admin
 * @param hasPassword whether the present one is asked for
 */
public record AccountPage(
        Frame frame,
        String url,
        String tokensUrl,
        Filled profile,
        Optional<String> unconfirmed,
        boolean hasPassword,
        Filled password,
        List<Row> sessions) {

    public AccountPage {
        sessions = List.copyOf(sessions);
    }

    /** @param id part of an address; empty for the session of this page */
    public record Row(String id, String browser, String address, Moment createdAt, Optional<Moment> lastUsedAt) {}
}
