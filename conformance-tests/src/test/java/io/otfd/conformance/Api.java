package io.otfd.conformance;

import io.restassured.RestAssured;
import io.restassured.builder.RequestSpecBuilder;
import io.restassured.config.DecoderConfig;
import io.restassured.config.EncoderConfig;
import io.restassured.config.HttpClientConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.config.SSLConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;

/** A server's API as one caller uses it: REST Assured with address, trust, token and content type set once. */
final class Api {

    static final String JSON_API = "application/vnd.api+json";

    private static final String BASE_PATH = "/api/v2";

    /** Milliseconds. A request that takes longer is broken, whatever it is. */
    private static final int SOCKET_TIMEOUT = 60_000;

    private final Server server;
    private final RequestSpecification specification;

    Api(Server server) {
        this(server, server.token());
    }

    private Api(Server server, String token) {
        this.server = server;
        this.specification = new RequestSpecBuilder()
                .setConfig(config(server))
                .setBaseUri(server.address())
                .setBasePath(BASE_PATH)
                .setContentType(JSON_API)
                .setAccept(JSON_API)
                .addHeader("Authorization", "Bearer " + token)
                .build();
    }

    private static RestAssuredConfig config(Server server) {
        RestAssuredConfig config = RestAssuredConfig.config()
                .encoderConfig(EncoderConfig.encoderConfig()
                        .encodeContentTypeAs(JSON_API, ContentType.TEXT)
                        .defaultContentCharset(StandardCharsets.UTF_8)
                        .defaultCharsetForContentType(StandardCharsets.UTF_8, ContentType.TEXT)
                        .defaultCharsetForContentType(StandardCharsets.UTF_8, ContentType.JSON)
                        .defaultCharsetForContentType(StandardCharsets.UTF_8, JSON_API)
                        .appendDefaultContentCharsetToContentTypeIfUndefined(false))
                .decoderConfig(DecoderConfig.decoderConfig().defaultContentCharset(StandardCharsets.UTF_8))
                .httpClient(HttpClientConfig.httpClientConfig()
                        .setParam("http.socket.timeout", SOCKET_TIMEOUT)
                        .setParam("http.connection.timeout", SOCKET_TIMEOUT));
        return server.ca().isEmpty()
                ? config
                : config.sslConfig(SSLConfig.sslConfig().trustStore(server.trust()));
    }

    /** The same server as somebody else. */
    Api as(String token) {
        return new Api(server, token);
    }

    /** A request as this caller, its path below /api/v2. */
    RequestSpecification request() {
        return RestAssured.given().spec(specification);
    }

    RequestSpecification request(Document body) {
        return request().body(body.json());
    }

    /** A request without a token and with an absolute path or URL, as a client uses signed URLs. */
    RequestSpecification anonymous() {
        return RestAssured.given()
                .config(config(server))
                .baseUri(server.address().toString());
    }

    Response get(String path, Object... parameters) {
        return request().get(path, parameters);
    }

    Response delete(String path, Object... parameters) {
        return request().delete(path, parameters);
    }

    Response post(Document body, String path, Object... parameters) {
        return request(body).post(path, parameters);
    }

    Response patch(Document body, String path, Object... parameters) {
        return request(body).patch(path, parameters);
    }

    /** Text of an attribute of the primary resource. */
    String attribute(String attribute, String path, Object... parameters) {
        return get(path, parameters).then().statusCode(200).extract().path("data.attributes.'" + attribute + "'");
    }

    /** What a signed URL serves, as text. */
    String download(String url) {
        return anonymous()
                .urlEncodingEnabled(false)
                .get(url)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    void upload(String url, byte[] content) {
        int status = put(url, content).statusCode();
        if (status < 200 || status > 299) {
            throw new AssertionError("upload answered " + status);
        }
    }

    Response put(String url, byte[] content) {
        return anonymous()
                .urlEncodingEnabled(false)
                .contentType("application/octet-stream")
                .body(content)
                .put(url);
    }

    Server server() {
        return server;
    }
}
