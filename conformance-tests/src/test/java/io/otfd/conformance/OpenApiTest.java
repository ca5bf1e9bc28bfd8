package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server says of its own API, against the shapes that clients decode and against what it answers. */
@ExtendWith(OtfdExtension.class)
class OpenApiTest {

    private static JsonPath document(Given given) {
        return given.api()
                .anonymous()
                .get("/openapi.json")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .extract()
                .jsonPath();
    }

    private static Map<String, Map<String, Object>> members(JsonPath document, String type, String members) {
        return document.getMap("components.schemas.'" + type + "'.properties.'" + members + "'.properties");
    }

    @Test
    void itNeedsNoTokenAndNamesTheVersion(Given given) {
        JsonPath document = document(given);

        assertThat(document.getString("openapi"), is("3.1.0"));
        assertThat(
                document.getString("info.version"),
                is(given.api().anonymous().get("/version").jsonPath().getString("Version")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "agent-pools",
                "agents",
                "applies",
                "authentication-tokens",
                "configuration-versions",
                "organizations",
                "plan-exports",
                "plans",
                "projects",
                "queries",
                "runs",
                "ssh-keys",
                "state-version-outputs",
                "state-versions",
                "team-workspaces",
                "teams",
                "vars",
                "workspaces"
            })
    void schemaHoldsWhatClientsDecode(String type, Given given) {
        JsonPath document = document(given);

        assertThat(
                type,
                Shape.of(type)
                        .disagreements(members(document, type, "attributes"), members(document, type, "relationships")),
                is(empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "organizations, /organizations/{org}",
        "projects, /organizations/{org}/projects",
        "workspaces, /organizations/{org}/workspaces",
        "agent-pools, /organizations/{org}/agent-pools",
        "teams, /organizations/{org}/teams",
        "entitlement-sets, /organizations/{org}/entitlement-set",
        "subscriptions, /organizations/{org}/subscription",
        "organization-capacity, /organizations/{org}/capacity"
    })
    void documentHasExactlyTheMembersOfItsSchema(String type, String path, Given given) {
        Organization organization = given.organizationWithPool();
        given.workspace(organization);
        JsonPath document = document(given);

        Response response = given.api().get(path, organization.name());

        Map<String, Object> resource =
                first(response.then().statusCode(200).extract().path("data"));
        assertThat(resource.get("type"), is(type));
        for (String members : List.of("attributes", "relationships")) {
            Map<String, ?> declared = members(document, type, members);
            Map<?, ?> shown = (Map<?, ?>) resource.get(members);
            assertThat(
                    members,
                    shown == null
                            ? List.of()
                            : shown.keySet().stream()
                                    .map(Object::toString)
                                    .sorted()
                                    .toList(),
                    equalTo(
                            declared == null
                                    ? List.of()
                                    : declared.keySet().stream().sorted().toList()));
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> first(Object data) {
        return (Map<String, Object>) (data instanceof List<?> list ? list.getFirst() : data);
    }

    @Test
    void everyPathIsOneThatTheServerKnows(Given given) {
        Map<String, Map<String, Object>> paths = document(given).getMap("paths");
        List<String> unknown = new ArrayList<>();

        paths.forEach((path, operations) -> {
            if (operations.containsKey("get") && path.startsWith("/api/v2/")) {
                int status = given.api()
                        .anonymous()
                        .get(path.replaceAll("\\{[^}]*}", "x"))
                        .statusCode();
                if (status == 404) {
                    unknown.add(path);
                }
            }
        });

        assertThat(unknown, is(empty()));
    }
}
