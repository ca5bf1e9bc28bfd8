package io.otfd.conformance;

import io.restassured.http.Cookie;
import io.restassured.path.xml.XmlPath;
import io.restassured.path.xml.XmlPath.CompatibilityMode;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.Map;

/** Somebody who was invited, has set a password, and acts by an API token of their own. */
final class Person {

    static final String PASSWORD = "correct horse battery";

    private final String id;
    private final String username;
    private final Api api;

    private Person(String id, String username, Api api) {
        this.id = id;
        this.username = username;
        this.api = api;
    }

    String id() {
        return id;
    }

    String username() {
        return username;
    }

    Api api() {
        return api;
    }

    /** The user of this membership, by the link that a site admin hands on. */
    static Person of(Given given, String membership) {
        String id = given.api()
                .get("/organization-memberships/{id}", membership)
                .then()
                .statusCode(200)
                .extract()
                .path("data.relationships.user.data.id");
        Response admin = given.api()
                .anonymous()
                .redirects()
                .follow(false)
                .formParam("token", given.api().server().token())
                .post("/login");
        String link = text(
                post(given, admin.getDetailedCookie("otfd_session"), "/app/settings/users/" + id + "/link", Map.of()),
                "link");
        String username = Given.name("person");
        Response arrived = given.api()
                .anonymous()
                .redirects()
                .follow(false)
                .formParams(Map.of("username", username, "password", PASSWORD, "password_confirmation", PASSWORD))
                .post(link.substring(link.indexOf("/welcome/")));
        arrived.then().statusCode(303);
        String token = text(
                post(
                        given,
                        arrived.getDetailedCookie("otfd_session"),
                        "/app/settings/tokens",
                        Map.of("description", "of a test")),
                "token-secret");
        return new Person(id, username, given.api().as(token));
    }

    /** With the CSRF token of a page of this session. */
    private static Response post(Given given, Cookie session, String path, Map<String, String> fields) {
        Map<String, String> form = new HashMap<>(fields);
        form.put(
                "csrf",
                html(given.api().anonymous().cookie(session).get("/app/organizations"))
                        .getString("**.find { it.@name == 'csrf' }.@value"));
        Response answer =
                given.api().anonymous().cookie(session).formParams(form).post(path);
        answer.then().statusCode(201);
        return answer;
    }

    private static String text(Response page, String field) {
        return html(page).getString("**.find { it.@id == '" + field + "' }.@value");
    }

    private static XmlPath html(Response page) {
        return new XmlPath(CompatibilityMode.HTML, page.asString());
    }
}
