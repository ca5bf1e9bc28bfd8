package io.otfd.conformance;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.instanceOf;

import io.restassured.response.Response;

/** What refusals look like: an errors document whose members are all strings. */
final class Refused {

    private Refused() {}

    static void with(int status, Response response) {
        response.then()
                .statusCode(status)
                .contentType(Api.JSON_API)
                .body("errors.status", hasItem(equalTo(Integer.toString(status))))
                .body("errors.title", everyItem(instanceOf(String.class)));
    }

    static void notFound(Response response) {
        with(404, response);
        response.then().body("errors[0].title", equalTo("not found"));
    }

    static void unauthorized(Response response) {
        with(401, response);
        response.then().body("errors[0].title", equalTo("unauthorized"));
    }

    /**
     * 422 that points at the member it is about.
     *
     * @param pointer for instance /data/attributes/name
     */
    static void invalid(String pointer, Response response) {
        with(422, response);
        response.then()
                .body("errors.title", hasItem(equalTo("invalid attribute")))
                .body("errors.source.pointer", hasItem(equalTo(pointer)));
    }

    static void conflict(String detail, Response response) {
        with(409, response);
        response.then().body("errors.detail", hasItem(containsString(detail)));
    }
}
