package io.otfd.conformance;

import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for all of the API: discovery, ping, authentication, malformed requests. */
@ExtendWith(OtfdExtension.class)
class ApiTest {

    @Test
    void discoveryNamesTheServices(Given given) {
        given.api()
                .anonymous()
                .get("/.well-known/terraform.json")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("'tfe.v2'", equalTo("/api/v2/"))
                .body("'tfe.v2.1'", equalTo("/api/v2/"))
                .body("'state.v2'", equalTo("/api/v2/"))
                .body("'tfe.v2.2'", equalTo("/api/v2/"));
    }

    @Test
    void discoveryIgnoresABadToken(Given given) {
        given.api()
                .anonymous()
                .header("Authorization", "Bearer nonsense")
                .get("/.well-known/terraform.json")
                .then()
                .statusCode(200);
    }

    @Test
    void pingTellsTheVersionToAnybody(Given given) {
        given.api()
                .anonymous()
                .get("/api/v2/ping")
                .then()
                .statusCode(204)
                .header("TFP-API-Version", "2.6")
                .header("TFP-AppName", "HCP Terraform");
    }

    @Test
    void ipRangesAreForAnybodyAndUnchangedSinceTheFuture(Given given) {
        String ranges = "/api/meta/ip-ranges";
        given.api()
                .anonymous()
                .get(ranges)
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("api", hasItem(matchesPattern("[0-9a-f.:]+/(32|128)")))
                .body("notifications", not(empty()))
                .body("sentinel", not(empty()))
                .body("vcs", not(empty()));
        given.api()
                .anonymous()
                .header("If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT")
                .get(ranges)
                .then()
                .statusCode(304)
                .body(emptyString());
        given.api()
                .anonymous()
                .header("If-Modified-Since", "nonsense")
                .get(ranges)
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/organizations",
                "/organizations/some",
                "/organizations/some/workspaces",
                "/workspaces/ws-0000000000000000",
                "/runs/run-0000000000000000",
                "/agent-pools/apool-0000000000000000",
                "/account/details"
            })
    void everythingElseNeedsAToken(String path, Given given) {
        Refused.unauthorized(given.api().anonymous().get("/api/v2" + path));
        Refused.unauthorized(given.api().as("nonsense").get(path));
    }

    @Test
    void unknownPathIsNotFound(Given given) {
        Refused.notFound(given.api().get("/no-such-thing"));
    }

    @Test
    void accountIsTheSiteAdmin(Given given) {
        given.api()
                .get("/account/details")
                .then()
                .statusCode(200)
                .contentType(Api.JSON_API)
                .body("data.type", equalTo("users"))
                .body("data.attributes.username", equalTo("admin"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[1,2", "\u0000", "nonsense", "{\"data\":{\"type\":\"organizations\",}}"})
    void bodyThatIsNotJsonIsABadRequest(String body, Given given) {
        Refused.with(400, given.api().request().body(body).post("/organizations"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[]", "\"text\"", "{}", "{\"data\":null}", "{\"data\":[]}", "{\"data\":{\"attributes\":7}}"})
    void documentOfTheWrongFormIsRefused(String body, Given given) {
        given.api().request().body(body).post("/organizations").then().statusCode(anyOf(is(400), is(422)));
    }

    @Test
    void plainJsonContentTypeIsAccepted(Given given) {
        given.api()
                .request()
                .contentType("application/json")
                .body(Document.of("organizations")
                        .with("name", Given.name("plain"))
                        .with("email", "ops@example.com")
                        .json())
                .post("/organizations")
                .then()
                .statusCode(201);
    }

    @Test
    void unknownQueryParametersAreIgnored(Given given) {
        given.api()
                .request()
                .queryParam("TagBindings", "{ env prod}")
                .get("/organizations")
                .then()
                .statusCode(200);
    }

    @Test
    void healthVersionAndMetricsNeedNoToken(Given given) {
        given.api().anonymous().get("/healthz").then().statusCode(200);
        given.api().anonymous().get("/version").then().statusCode(200);
        given.api().anonymous().get("/metrics").then().statusCode(200);
    }
}
