package io.otfd.conformance;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Flat tags, and bindings of keys to values: two stores that do not mix. */
@ExtendWith(OtfdExtension.class)
class TagsApiTest {

    private static final String WORKSPACE = "/workspaces/{id}";
    private static final String TAGS = "/workspaces/{id}/relationships/tags";
    private static final String BINDINGS = "/workspaces/{id}/tag-bindings";
    private static final String EFFECTIVE = "/workspaces/{id}/effective-tag-bindings";

    private static String members(String type, List<Map<String, String>> members) {
        return Document.json(Map.of(
                "data",
                members.stream()
                        .map(member -> Map.of("type", type, "attributes", member))
                        .toList()));
    }

    private static Response bind(Given given, String id, Map<String, String> binding) {
        return given.api()
                .request()
                .body(members("tag-bindings", List.of(binding)))
                .patch(BINDINGS, id);
    }

    private static Response tag(Given given, String id, String name) {
        return given.api()
                .request()
                .body(members("tags", List.of(Map.of("name", name))))
                .post(TAGS, id);
    }

    @Test
    void flatTagsAndBindingsDoNotMix(Given given) {
        Organization organization = given.organization();
        String id = given.api()
                .post(
                        Document.of("workspaces")
                                .with("name", "both")
                                .toMany("tags", "tags", List.of(Map.of("name", "Flat"), Map.of("name", "apple")))
                                .toMany("tag-bindings", "tag-bindings", List.of(Map.of("key", "env", "value", "prod"))),
                        "/organizations/{org}/workspaces",
                        organization.name())
                .then()
                .statusCode(201)
                .body("data.attributes.'tag-names'", contains("flat", "apple"))
                .extract()
                .path("data.id");

        given.api()
                .get(TAGS, id)
                .then()
                .statusCode(200)
                .body("data.attributes.name", contains("flat", "apple"))
                .body("data[0].attributes.'instance-count'", equalTo(1))
                .body("data[0].relationships.organization.data.id", equalTo(organization.name()))
                .body("meta.pagination.'total-count'", equalTo(2));
        given.api().get(BINDINGS, id).then().body("data.attributes.key", contains("env"));
        given.api().get(EFFECTIVE, id).then().body("data.attributes.key", contains("env"));
        given.api()
                .request()
                .queryParam("name", "APP")
                .get(TAGS, id)
                .then()
                .body("data.attributes.name", contains("apple"));
    }

    @Test
    void inheritedBindingsSayWhereTheyComeFromAndOwnOnesWin(Given given) {
        Organization organization = given.organization();
        String project = given.project(organization, "apps");
        String id = given.workspace(organization).id();
        given.api()
                .patch(Document.of("workspaces").toOne("project", "projects", project), WORKSPACE, id)
                .then()
                .statusCode(200);
        given.api()
                .request()
                .body(members(
                        "tag-bindings",
                        List.of(Map.of("key", "env", "value", "prod"), Map.of("key", "team", "value", "blue"))))
                .patch("/projects/{id}/tag-bindings", project)
                .then()
                .statusCode(200);
        bind(given, id, Map.of("key", "env", "value", "test")).then().statusCode(200);

        Response effective = given.api().get(EFFECTIVE, id);

        effective
                .then()
                .statusCode(200)
                .body("data.attributes.key", contains("env", "team"))
                .body("data.attributes.value", contains("test", "blue"))
                .body("data[0]", not(hasKey("links")))
                .body("data[0]", not(hasKey("relationships")))
                .body("data[1].links.'inherited-from'", equalTo("/api/v2/projects/" + project))
                .body("data[1].relationships.'inherited-from'.data.id", equalTo(project));
        for (Response included : List.of(
                given.api()
                        .request()
                        .queryParam("include", "effective_tag_bindings")
                        .get(WORKSPACE, id),
                given.api()
                        .request()
                        .queryParam("include", "effective-tag-bindings")
                        .get("/organizations/{org}/workspaces", organization.name()))) {
            included.then()
                    .statusCode(200)
                    .body("included.type", contains("effective-tag-bindings", "effective-tag-bindings"))
                    .body("included.attributes.value", containsInAnyOrder("test", "blue"));
        }
        given.api()
                .request()
                .queryParam("include", "effective_tag_bindings")
                .get(WORKSPACE, id)
                .then()
                .body("data.relationships.'effective-tag-bindings'.data.id", equalTo(effective.path("data.id")));
        given.api().get(WORKSPACE, id).then().body("data.attributes.'tag-names'", empty());
        search(given, organization, Map.of("filter[tagged][0][key]", "team")).body("data.id", contains(id));
        // The CLI looks for keys so, too.
        search(given, organization, Map.of("search[tags]", "team,env")).body("data.id", contains(id));
        search(given, organization, Map.of("search[exclude-tags]", "team")).body("data.id", empty());
        search(given, organization, Map.of("filter[tagged][0][key]", "env", "filter[tagged][0][value]", "prod"))
                .body("data.id", empty());
    }

    private static ValidatableResponse search(Given given, Organization organization, Map<String, String> query) {
        return given.api()
                .request()
                .queryParams(query)
                .get("/organizations/{org}/workspaces", organization.name())
                .then()
                .statusCode(200);
    }

    @Test
    void bindingsAreAddedOrReplacedAndAtMostTen(Given given) {
        String id = given.workspace(given.organization()).id();
        bind(given, id, Map.of("key", "a", "value", "1")).then().statusCode(200);
        bind(given, id, Map.of("key", "a")).then().body("data.attributes.value", contains(""));
        bind(given, id, Map.of("key", "b", "value", "2")).then().statusCode(200);
        given.api().get(BINDINGS, id).then().body("data.attributes.key", contains("a", "b"));

        given.api()
                .patch(
                        Document.of("workspaces")
                                .toMany("tag-bindings", "tag-bindings", List.of(Map.of("key", "c", "value", "3"))),
                        WORKSPACE,
                        id)
                .then()
                .statusCode(200);
        given.api().get(BINDINGS, id).then().body("data.attributes.key", contains("c"));

        List<Map<String, String>> many = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            many.add(Map.of("key", "k" + i));
        }
        Response tooMany =
                given.api().request().body(members("tag-bindings", many)).patch(BINDINGS, id);
        Refused.with(422, tooMany);
        tooMany.then().body("errors.detail", hasItem(containsString("cannot exceed 10 bindings per resource")));
        given.api().get(BINDINGS, id).then().body("data.size()", equalTo(1));
        given.api()
                .request()
                .body(members("tag-bindings", many))
                .patch("/workspaces/{id}/relationships/tag-bindings", id)
                .then()
                .statusCode(200);
        given.api()
                .request()
                .body("{\"data\":[]}")
                .patch("/workspaces/{id}/relationships/tag-bindings", id)
                .then()
                .statusCode(200);
        given.api().get(BINDINGS, id).then().body("data", empty());
    }

    @ParameterizedTest
    @CsvSource({
        "key,   'a b',   v",
        "key,   '',      v",
        "key,   hcp:mine, v",
        "key,   hc:mine, v",
        "value, key,     'a/b'",
    })
    void bindingOutsideTheAlphabetIsInvalid(String attribute, String key, String value, Given given) {
        String id = given.workspace(given.organization()).id();

        Refused.invalid("/data/attributes/" + attribute, bind(given, id, Map.of("key", key, "value", value)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "-a", "a-", "ünïcode", "a/b"})
    void tagOutsideTheAlphabetIsInvalid(String name, Given given) {
        Refused.invalid(
                "/data/attributes/name",
                tag(given, given.workspace(given.organization()).id(), name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"data\":{}}", "{\"data\":[7]}", "{\"data\":[{}]}", "{}"})
    void tagsOfTheWrongFormAreInvalid(String body, Given given) {
        String id = given.workspace(given.organization()).id();

        Refused.with(422, given.api().request().body(body).post(TAGS, id));
        Refused.with(422, given.api().request().body(body).delete(TAGS, id));
    }

    @Test
    void tagsBelongToTheOrganization(Given given) {
        Organization organization = given.organization();
        String one = given.workspace(organization).id();
        String two = given.workspace(organization).id();
        tag(given, one, "shared").then().statusCode(204);
        tag(given, one, "lonely").then().statusCode(204);
        String shared = given.api().get(TAGS, one).path("data[0].id");

        given.api()
                .request()
                .body(Document.identifiers("tags", shared))
                .post(TAGS, two)
                .then()
                .statusCode(204);

        given.api().get(TAGS, two).then().body("data.id", contains(shared));
        ValidatableResponse tags = given.api()
                .get("/organizations/{org}/tags", organization.name())
                .then()
                .statusCode(200)
                .body("data.attributes.name", contains("lonely", "shared"))
                .body("data.attributes.'instance-count'", contains(1, 2));
        given.api()
                .request()
                .queryParam("filter[exclude][taggable][id]", two)
                .get("/organizations/{org}/tags", organization.name())
                .then()
                .body("data.attributes.name", contains("lonely"));
        search(given, organization, Map.of("search[tags]", "shared,lonely")).body("data.id", contains(one));
        search(given, organization, Map.of("search[exclude-tags]", "lonely")).body("data.id", contains(two));

        String lonely = tags.extract().path("data[0].id");
        given.api()
                .request()
                .body(Document.identifiers("workspaces", two))
                .post("/tags/{id}/relationships/workspaces", lonely)
                .then()
                .statusCode(204);
        given.api().get(WORKSPACE, two).then().body("data.attributes.'tag-names'", contains("shared", "lonely"));
        given.api()
                .request()
                .body(Document.identifiers("tags", shared))
                .delete("/organizations/{org}/tags", organization.name())
                .then()
                .statusCode(204);
        given.api().get(WORKSPACE, one).then().body("data.attributes.'tag-names'", contains("lonely"));
        Refused.with(
                422,
                given.api().request().body(Document.identifiers("tags", shared)).post(TAGS, one));
        Refused.notFound(given.api()
                .request()
                .body(Document.identifiers("workspaces", two))
                .post("/tags/{id}/relationships/workspaces", shared));
    }

    @Test
    void aTagOfAnotherOrganizationIsNotFound(Given given) {
        String foreign = given.workspace(given.organization()).id();
        tag(given, foreign, "theirs").then().statusCode(204);
        String theirs = given.api().get(TAGS, foreign).path("data[0].id");
        String own = given.workspace(given.organization()).id();

        Refused.with(
                422,
                given.api().request().body(Document.identifiers("tags", theirs)).post(TAGS, own));
        Response crossed = given.api()
                .request()
                .body(Document.identifiers("workspaces", own))
                .post("/tags/{id}/relationships/workspaces", theirs);
        Refused.with(422, crossed);
        given.api().get(WORKSPACE, own).then().body("data.attributes.'tag-names'", empty());
    }
}
