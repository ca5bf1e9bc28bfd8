package io.otfd.api.token;

import io.otfd.Refusal;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.Operation;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.token.AuthorizationCodes;
import java.util.Map;

/**
 * The second half of {@code terraform login} (observed: Terraform 1.11): a code from the browser becomes a token. Answers
 * and errors as RFC 6749 §5 says.
 */
public final class OAuthEndpoints {

    private static final int MAX_FORM = 16 << 10;

    private final AuthorizationCodes codes;

    public OAuthEndpoints(AuthorizationCodes codes) {
        this.codes = codes;
    }

    public void register(RouteTable routes) {
        routes.family(OAuthEndpoints.class, Route.Audience.PUBLIC)
                .post("/oauth/token", this::token, Operation.json().takesForm().refuses(400));
    }

    private Answer token(Call call) {
        Map<String, String> form;
        try {
            form = call.form(MAX_FORM);
        } catch (Refusal.Malformed e) {
            return refuse("invalid_request", e.getMessage());
        }
        if (!"authorization_code".equals(form.get("grant_type"))) {
            return refuse("unsupported_grant_type", "grant_type must be authorization_code");
        }
        if (!"terraform-cli".equals(form.get("client_id"))) {
            return refuse("invalid_client", "client_id must be terraform-cli");
        }
        for (String name : new String[] {"code", "code_verifier", "redirect_uri"}) {
            if (form.getOrDefault(name, "").isEmpty()) {
                return refuse("invalid_request", name + " is missing");
            }
        }
        return codes.exchange(form.get("code"), form.get("code_verifier"), form.get("redirect_uri"), "terraform login")
                .map(secret -> Answer.json(Map.of("access_token", secret, "token_type", "bearer")))
                .orElseGet(() -> refuse(
                        "invalid_grant", "The code is unknown, was used before, or has expired: log in once more."));
    }

    private static Answer refuse(String error, String description) {
        return Answer.json(400, Map.of("error", error, "error_description", description));
    }
}
