package io.otfd.daemon;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;

/** Runs for the JVM to learn from: what it has seen often here is compiled early in every later life. */
final class TrainRuns {

    private static final int RUNS = 25;
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final Set<String> OVER = Set.of("planned_and_finished", "errored");

    private TrainRuns() {}

    /** Ends early where a run fails. */
    static void perform(ApiClient api) throws IOException {
        api.create("/api/v2/organizations", document("name", "train", "email", "train@localhost"));
        String workspace = id(api.create("/api/v2/organizations/train/workspaces", document("name", "train")));
        JsonObject configuration = api.create(
                        "/api/v2/workspaces/" + workspace + "/configuration-versions", document("source", "tfe-api"))
                .getJsonObject("data");
        api.upload(configuration.getJsonObject("attributes").getString("upload-url"), archive());
        JsonObject wanted = run(workspace, configuration.getString("id"));
        long end = System.nanoTime() + LIMIT_NANOS;
        for (int i = 0; i < RUNS && System.nanoTime() < end; i++) {
            if (!succeeds(api, id(api.create("/api/v2/runs", wanted)), end)) {
                return;
            }
        }
    }

    private static boolean succeeds(ApiClient api, String run, long end) throws IOException {
        String status = "";
        while (!OVER.contains(status) && System.nanoTime() < end) {
            status = api.document("/api/v2/runs/" + run)
                    .orElseThrow()
                    .getJsonObject("data")
                    .getJsonObject("attributes")
                    .getString("status");
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return status.equals("planned_and_finished");
    }

    private static String id(JsonObject document) {
        return document.getJsonObject("data").getString("id");
    }

    private static JsonObject document(String... attributes) {
        JsonObjectBuilder object = Json.createObjectBuilder();
        for (int i = 0; i < attributes.length; i += 2) {
            object.add(attributes[i], attributes[i + 1]);
        }
        return Json.createObjectBuilder()
                .add("data", Json.createObjectBuilder().add("attributes", object))
                .build();
    }

    private static JsonObject run(String workspace, String configuration) {
        return Json.createObjectBuilder()
                .add(
                        "data",
                        Json.createObjectBuilder()
                                .add("attributes", Json.createObjectBuilder().add("plan-only", true))
                                .add(
                                        "relationships",
                                        Json.createObjectBuilder()
                                                .add("workspace", related("workspaces", workspace))
                                                .add(
                                                        "configuration-version",
                                                        related("configuration-versions", configuration))))
                .build();
    }

    private static JsonObjectBuilder related(String type, String id) {
        return Json.createObjectBuilder()
                .add("data", Json.createObjectBuilder().add("type", type).add("id", id));
    }

    private static byte[] archive() throws IOException {
        byte[] main = "resource \"terraform_data\" \"train\" {}\n".getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(bytes))) {
            TarArchiveEntry entry = new TarArchiveEntry("main.tf");
            entry.setSize(main.length);
            tar.putArchiveEntry(entry);
            tar.write(main);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }
}
