package io.otfd.api.state;

import static io.otfd.api.Schema.ANY;
import static io.otfd.api.Schema.FLAG;
import static io.otfd.api.Schema.NUMBER;
import static io.otfd.api.Schema.OBJECT;
import static io.otfd.api.Schema.OBJECTS;
import static io.otfd.api.Schema.TEXT;
import static io.otfd.api.Schema.TIME;

import io.otfd.JsonTrees;
import io.otfd.api.Call;
import io.otfd.api.Resource;
import io.otfd.api.Schema;
import io.otfd.api.SignedUrls;
import io.otfd.api.SignedUrls.Use;
import io.otfd.state.StateVersion;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.time.Duration;

/** The {@code state-versions} and {@code state-version-outputs} documents (cloud-docs/api-docs/state-versions). */
public final class StateVersionResource {

    public static final Schema SCHEMA = Schema.of("state-versions")
            .writable(NUMBER, "serial")
            .writable(TEXT.orNull(), "lineage")
            .writeOnly(TEXT, "md5")
            .writeOnly(TEXT.orNull(), "state", "json-state")
            .writeOnly(FLAG, "force")
            .readOnly(TIME, "created-at")
            .readOnly(TEXT, "status")
            .readOnly(NUMBER.orNull(), "size", "state-version")
            .readOnly(FLAG, "intermediate", "resources-processed")
            .readOnly(OBJECTS, "resources")
            .readOnly(OBJECT, "modules", "providers")
            .readOnly(
                    TEXT.orNull(),
                    "terraform-version",
                    "vcs-commit-sha",
                    "vcs-commit-url",
                    "hosted-state-download-url",
                    "hosted-json-state-download-url",
                    "hosted-state-upload-url",
                    "hosted-json-state-upload-url")
            .one("workspace", "workspaces")
            .oneOrNone("run", "runs")
            .writableRelationships("run")
            .writeOnly(Schema.Reach.ONE, "rollback-state-version", "state-versions")
            .oneOrNone("created-by", "users")
            .many("outputs", "state-version-outputs");

    public static final Schema OUTPUTS = Schema.of("state-version-outputs")
            .readOnly(TEXT, "name", "type")
            .readOnly(FLAG, "sensitive")
            .readOnly(ANY, "detailed-type")
            .readOnly(ANY.orNull(), "value")
            .one("configurable", "workspaces");

    public static final Schema WORKSPACE_OUTPUTS = Schema.of("workspace-outputs")
            .readOnly(TEXT, "name", "output-type")
            .readOnly(FLAG, "sensitive")
            .readOnly(ANY.orNull(), "value");

    private static final Duration DOWNLOAD = Duration.ofHours(24);
    private static final Duration UPLOAD = Duration.ofHours(1);

    private final SignedUrls urls;

    public StateVersionResource(SignedUrls urls) {
        this.urls = urls;
    }

    public Resource of(Call call, StateVersion version) {
        String id = version.id().value();
        boolean here = version.isFinalized();
        boolean awaited = version.status().equals("pending");
        return new Resource(SCHEMA, id)
                .attribute("created-at", version.createdAt())
                .attribute("size", version.size())
                .attribute("serial", version.serial())
                .attribute("status", version.status())
                .attribute("lineage", version.lineage())
                .attribute("intermediate", false)
                .attribute("terraform-version", version.terraformVersion())
                .attribute("state-version", version.formatVersion())
                .attribute("resources-processed", here)
                .attribute("resources", json(version.resources()))
                .attribute("modules", JsonValue.EMPTY_JSON_OBJECT)
                .attribute("providers", JsonValue.EMPTY_JSON_OBJECT)
                .attribute("vcs-commit-sha", null)
                .attribute("vcs-commit-url", null)
                .attribute("hosted-state-download-url", here ? urls.sign(call, Use.READ_STATE, id, DOWNLOAD) : null)
                .attribute(
                        "hosted-json-state-download-url",
                        here ? urls.sign(call, Use.READ_JSON_STATE, id, DOWNLOAD) : null)
                .attribute("hosted-state-upload-url", awaited ? urls.sign(call, Use.WRITE_STATE, id, UPLOAD) : null)
                .attribute(
                        "hosted-json-state-upload-url",
                        awaited ? urls.sign(call, Use.WRITE_JSON_STATE, id, UPLOAD) : null)
                .toOne("workspace", "workspaces", version.workspace().value())
                .toOne("run", "runs", version.run())
                .toOne("created-by", "users", version.createdBy())
                .toMany("outputs", "state-version-outputs", version.outputs())
                .link("self", "/api/v2/state-versions/" + id);
    }

    /** @param reveal shows a sensitive value: in a read of the one output, not in lists */
    static Resource output(StateVersion.Output output, boolean reveal) {
        return new Resource(OUTPUTS, output.id().value())
                .attribute("name", output.name())
                .attribute("sensitive", output.sensitive())
                .attribute("type", output.type())
                .attribute("value", output.sensitive() && !reveal ? null : json(output.value()))
                .attribute("detailed-type", json(output.detailedType()))
                .toOne("configurable", "workspaces", output.workspace().value())
                .link("self", "/api/v2/state-version-outputs/" + output.id().value());
    }

    /** The same as a workspace's output, without the value of a sensitive one. */
    public static Resource workspaceOutput(StateVersion.Output output) {
        return new Resource(WORKSPACE_OUTPUTS, output.id().value())
                .attribute("name", output.name())
                .attribute("sensitive", output.sensitive())
                .attribute("output-type", output.type())
                .attribute("value", output.sensitive() ? null : json(output.value()))
                .link("self", "/api/v2/state-version-outputs/" + output.id().value());
    }

    private static JsonValue json(String text) {
        try (JsonReader reader = JsonTrees.JSON.createReader(new StringReader(text))) {
            return reader.readValue();
        }
    }
}
