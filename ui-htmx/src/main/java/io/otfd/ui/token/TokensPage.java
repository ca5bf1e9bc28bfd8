package io.otfd.ui.token;

import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import java.util.List;
import java.util.Optional;

/**
 * Tokens of one owner.
 *
 * @param intro whom they speak for
 * @param url where the form for a new one goes
 * @param button what it does
 * @param fresh the secret of the one that was made just now
 * @param described whether a new one takes a description
 * @param host name and port of this server, where it is shown how tokens are used; else empty
 */
public record TokensPage(
        Frame frame,
        String intro,
        String url,
        String button,
        List<TokenRow> rows,
        Optional<String> fresh,
        boolean described,
        Filled form,
        Optional<String> host) {

    public TokensPage {
        rows = List.copyOf(rows);
    }
}
