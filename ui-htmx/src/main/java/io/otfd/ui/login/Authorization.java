package io.otfd.ui.login;

import io.otfd.Refusal;
import io.otfd.ui.Form;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * What {@code terraform login} asks of the browser (RFC 6749 §4.1.1; observed: Terraform 1.11). Checked before anything is
 * shown, because who is sent a wrong redirect would be handed the code.
 *
 * @param redirectUri where the program listens, on this machine alone
 * @param state the program's own, which it gets back; may be empty
 */
public record Authorization(String challenge, String redirectUri, String state) {

    /** As discovery announces them; the last is not one of them. */
    private static final int FIRST_PORT = 10_000;

    private static final int PORTS_END = 10_010;

    /** SHA-256 in base64url. */
    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");

    public Authorization {
        if (!CHALLENGE.matcher(challenge).matches()) {
            throw new Refusal.Malformed(
                    "The login request has no valid code_challenge. Start terraform login once more.");
        }
        if (!isLocal(redirectUri)) {
            throw new Refusal.Malformed("The login request leads elsewhere than to Terraform on this computer.");
        }
    }

    /** @throws Refusal.Malformed with a sentence for the person who sees it */
    static Authorization of(Form form) {
        require(form, "client_id", "terraform-cli");
        require(form, "response_type", "code");
        require(form, "code_challenge_method", "S256");
        return new Authorization(form.exact("code_challenge"), form.exact("redirect_uri"), form.exact("state"));
    }

    private static void require(Form form, String name, String value) {
        if (!form.exact(name).equals(value)) {
            throw new Refusal.Malformed("The login request's " + name + " is not " + value + ".");
        }
    }

    private static boolean isLocal(String text) {
        try {
            URI uri = new URI(text);
            return "http".equals(uri.getScheme())
                    && ("localhost".equals(uri.getHost()) || "127.0.0.1".equals(uri.getHost()))
                    && uri.getPort() >= FIRST_PORT
                    && uri.getPort() < PORTS_END
                    && "/login".equals(uri.getRawPath())
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Where the browser brings the code. */
    String answered(String code) {
        return redirectUri + "?code=" + encode(code) + (state.isEmpty() ? "" : "&state=" + encode(state));
    }

    /** Where the browser says no. */
    public String denied() {
        return redirectUri + "?error=access_denied" + (state.isEmpty() ? "" : "&state=" + encode(state));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
