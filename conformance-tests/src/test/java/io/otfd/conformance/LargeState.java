package io.otfd.conformance;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/**
 * A state of any size in a file, with as many resources as that takes. It is sent and received as a stream.
 *
 * @param md5 hex
 * @param resources how many it has
 */
record LargeState(Path file, String md5, int resources) {

    private static final int FILLER = 900;

    /** @param atLeast bytes */
    static LargeState write(Path file, long atLeast) throws IOException {
        String filler = "x".repeat(FILLER);
        int resources = 0;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            long written = put(
                    out,
                    "{\"version\":4,\"terraform_version\":\"1.11.4\",\"serial\":1,\"lineage\":\"" + UUID.randomUUID()
                            + "\",\"outputs\":{\"plain\":{\"value\":\"seen\",\"type\":\"string\"}},\"resources\":[");
            while (written < atLeast) {
                written += put(
                        out,
                        (resources == 0 ? "" : ",") + "{\"mode\":\"managed\",\"type\":\"terraform_data\",\"name\":\"r"
                                + resources++ + "\",\"provider\":\"provider[\\\"terraform.io/builtin/terraform\\\"]\","
                                + "\"instances\":[{\"schema_version\":0,\"attributes\":{\"id\":\"" + filler + "\"}}]}");
            }
            put(out, "]}");
        }
        return new LargeState(file, md5(Files.newInputStream(file)), resources);
    }

    private static int put(OutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(bytes);
        return bytes.length;
    }

    long size() throws IOException {
        return Files.size(file);
    }

    /** Locks the workspace and announces the state; gives the state version's id. */
    String announce(Given given, Workspace workspace) {
        given.api()
                .request()
                .body("{}")
                .post("/workspaces/{id}/actions/lock", workspace.id())
                .then()
                .statusCode(200);
        return given.api()
                .post(
                        Document.of("state-versions").with("serial", 1).with("md5", md5),
                        "/workspaces/{id}/state-versions",
                        workspace.id())
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
    }

    /** Sends the bytes; gives the status. */
    int upload(Given given, HttpClient client, String id) throws IOException, InterruptedException {
        String url = given.api().attribute("hosted-state-upload-url", "/state-versions/{id}", id);
        return client.send(
                        HttpRequest.newBuilder(URI.create(url))
                                .PUT(HttpRequest.BodyPublishers.ofFile(file))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** The MD5 of what the server has. */
    static String download(Given given, HttpClient client, String id) throws IOException, InterruptedException {
        String url = given.api().attribute("hosted-state-download-url", "/state-versions/{id}", id);
        return md5(
                client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofInputStream())
                        .body());
    }

    private static String md5(InputStream bytes) throws IOException {
        try (DigestInputStream in = new DigestInputStream(bytes, MessageDigest.getInstance("MD5"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException(exception);
        }
    }
}
