package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import io.restassured.http.Cookie;
import io.restassured.path.xml.XmlPath;
import io.restassured.path.xml.XmlPath.CompatibilityMode;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code terraform login}: consent in the browser, a code to Terraform, a token for it. */
@ExtendWith(OtfdExtension.class)
class TerraformLoginTest {

    private static final String REDIRECT = "http://localhost:10003/login";
    private static final String VERIFIER = "0b6f4b2e-4d3c-4a0e-9c0e-0d6f2f1f4a11.123456789";
    /** SHA-256 of the verifier in base64url. */
    private static final String CHALLENGE = challenge(VERIFIER);

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException(exception);
        }
    }

    @Test
    void terraformIsGivenATokenThatWorks(Shared shared, Given given, Sandbox sandbox) throws IOException {
        Terraform terraform = new Terraform(shared.server(), sandbox, "login")
                .with("TF_CLI_CONFIG_FILE", sandbox.write("no-credentials", "").toString());
        // Terraform makes it for its check of versions alone, which is off here.
        sandbox.directory("terraform-home/.terraform.d");
        Terraform.Running login = terraform.start("login", shared.server().host());
        login.type("yes");
        login.awaiting("code_challenge_method=S256");
        Matcher url = Pattern.compile("https://\\S+/oauth/authorize\\S+").matcher(login.output());
        url.find();

        Response answered =
                new Browser(given).consent(url.group().substring(url.group().indexOf("/oauth/")));
        // The browser follows the page to Terraform, which listens on this machine.
        given.api().anonymous().get(next(answered)).then().statusCode(200);
        login.finish().succeeded();

        String credentials =
                Files.readString(sandbox.directory().resolve("terraform-home/.terraform.d/credentials.tfrc.json"));
        Matcher token = Pattern.compile("\"token\": \"([^\"]+)\"").matcher(credentials);
        token.find();
        given.api().as(token.group(1)).get("/account/details").then().statusCode(200);
    }

    @Test
    void codeIsGoodOnceAndForWhoKnowsTheVerifier(Given given) {
        Browser browser = new Browser(given);

        token(given, "nonsense", VERIFIER, REDIRECT).then().statusCode(400).body("error", equalTo("invalid_grant"));
        token(given, browser.code(), "another", REDIRECT).then().body("error", equalTo("invalid_grant"));
        token(given, browser.code(), VERIFIER, "http://localhost:10004/login")
                .then()
                .body("error", equalTo("invalid_grant"));
        String code = browser.code();
        token(given, code, VERIFIER, REDIRECT)
                .then()
                .statusCode(200)
                .body("token_type", equalTo("bearer"))
                .body("$", hasKey("access_token"));
        token(given, code, VERIFIER, REDIRECT).then().statusCode(400).body("error", equalTo("invalid_grant"));
    }

    @Test
    void codesGoToThisMachineAlone(Given given) {
        Browser browser = new Browser(given);

        for (String redirect : new String[] {
            "http://evil.example:10003/login",
            "https://localhost:10003/login",
            "http://localhost:9999/login",
            "http://localhost:10003/elsewhere",
            "http://localhost:10003@evil.example/login",
            "http://localhost:10003/login?next=x",
            "javascript:alert(1)",
            ""
        }) {
            Map<String, String> request = request(redirect);
            browser.get("/oauth/authorize", request).then().statusCode(400);
            browser.post("/oauth/authorize", request).then().statusCode(400);
        }
    }

    @Test
    void whoIsNotLoggedInLogsInFirst(Given given) {
        Response refused = given.api()
                .anonymous()
                .redirects()
                .follow(false)
                .queryParams(request(REDIRECT))
                .get("/oauth/authorize");

        refused.then().statusCode(303);
        assertThat(refused.header("Location"), containsString("/login?return-to=%2Foauth%2Fauthorize"));
        assertThat(refused.asString(), not(containsString("code=")));
    }

    @Test
    void otherGrantsAreRefusedAsTheStandardSays(Given given) {
        given.api()
                .anonymous()
                .formParams(Map.of("grant_type", "password", "client_id", "terraform-cli"))
                .post("/oauth/token")
                .then()
                .statusCode(400)
                .body("error", equalTo("unsupported_grant_type"));
        given.api()
                .anonymous()
                .formParams(Map.of("grant_type", "authorization_code", "client_id", "terraform-cli"))
                .post("/oauth/token")
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_request"));
    }

    private static Map<String, String> request(String redirect) {
        return new HashMap<>(Map.of(
                "client_id",
                "terraform-cli",
                "response_type",
                "code",
                "code_challenge_method",
                "S256",
                "code_challenge",
                CHALLENGE,
                "redirect_uri",
                redirect,
                "state",
                "a&b=<c>"));
    }

    private static Response token(Given given, String code, String verifier, String redirect) {
        return given.api()
                .anonymous()
                .formParams(Map.of(
                        "grant_type",
                        "authorization_code",
                        "client_id",
                        "terraform-cli",
                        "code",
                        code,
                        "code_verifier",
                        verifier,
                        "redirect_uri",
                        redirect))
                .post("/oauth/token");
    }

    /** Where a page leads on by itself. */
    private static String next(Response page) {
        page.then().statusCode(200);
        String refresh = html(page).getString("**.find { it.@'http-equiv' == 'refresh' }.@content");
        return refresh.substring(refresh.indexOf("url=") + 4);
    }

    private static XmlPath html(Response page) {
        return new XmlPath(CompatibilityMode.HTML, page.asString());
    }

    /** A person's, who is logged in. */
    private static final class Browser {

        private final Given given;
        private final Cookie session;

        Browser(Given given) {
            this.given = given;
            this.session = given.api()
                    .anonymous()
                    .redirects()
                    .follow(false)
                    .formParam("token", given.api().server().token())
                    .post("/login")
                    .getDetailedCookie("otfd_session");
        }

        Response get(String path, Map<String, String> query) {
            return given.api().anonymous().cookie(session).queryParams(query).get(path);
        }

        /** With the CSRF token of a page of this session. */
        Response post(String path, Map<String, String> fields) {
            Map<String, String> form = new HashMap<>(fields);
            form.put(
                    "csrf",
                    html(get("/app/organizations", Map.of())).getString("**.find { it.@name == 'csrf' }.@value"));
            return given.api().anonymous().cookie(session).formParams(form).post(path);
        }

        /** Opens what Terraform printed, and presses the button. */
        Response consent(String url) {
            Map<String, String> query = new HashMap<>();
            for (String pair : URI.create(url).getQuery().split("&")) {
                query.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
            }
            get("/oauth/authorize", query).then().statusCode(200);
            return post("/oauth/authorize", query);
        }

        String code() {
            String next = next(post("/oauth/authorize", request(REDIRECT)));
            assertThat(next, containsString("state=a%26b%3D%3Cc%3E"));
            return next.replaceAll(".*[?&]code=([^&]*).*", "$1");
        }
    }
}
