package io.otfd.api.configuration;

import static io.otfd.api.Schema.FLAG;
import static io.otfd.api.Schema.TEXT;
import static io.otfd.api.Schema.TEXTS;
import static io.otfd.api.Schema.TIME;
import static io.otfd.api.Schema.TIMES;

import io.otfd.Ids.WorkspaceId;
import io.otfd.api.Resource;
import io.otfd.api.Schema;
import io.otfd.configuration.ConfigurationVersion;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The {@code configuration-versions} document (cloud-docs/api-docs/configuration-versions). */
public final class ConfigurationVersionResource {

    public static final Schema SCHEMA = Schema.of("configuration-versions")
            .readOnly(TEXT, "status", "source")
            .writable(FLAG, "auto-queue-runs", "speculative", "provisional")
            .readOnly(TEXT.orNull(), "error", "error-message", "upload-url")
            .readOnly(TEXTS, "changed-files")
            .readOnly(TIME, "created-at")
            .readOnly(TIMES, "status-timestamps")
            .oneOrNone("ingress-attributes", "ingress-attributes")
            .oneOrNone("workspace", "workspaces");

    private ConfigurationVersionResource() {}

    /** @param uploadUrl in the answer to the creation, and null later */
    public static Resource of(ConfigurationVersion version, Optional<String> uploadUrl) {
        Map<String, Object> timestamps = new LinkedHashMap<>();
        version.uploadedAt().ifPresent(at -> timestamps.put("uploaded-at", at));
        version.archivedAt().ifPresent(at -> timestamps.put("archived-at", at));
        return new Resource(SCHEMA, version.id().value())
                .attribute("status", version.status())
                .attribute("source", version.source())
                .attribute("auto-queue-runs", version.autoQueueRuns())
                .attribute("speculative", version.speculative())
                .attribute("provisional", version.provisional())
                .attribute("error", null)
                .attribute("error-message", null)
                .attribute("changed-files", java.util.List.of())
                .attribute("created-at", version.createdAt())
                .attribute("status-timestamps", timestamps)
                .attribute("upload-url", uploadUrl)
                .toOne("ingress-attributes", "ingress-attributes", Optional.empty())
                .toOne(
                        "workspace",
                        "workspaces",
                        version.owner() instanceof WorkspaceId workspace
                                ? Optional.of(workspace)
                                : Optional.<WorkspaceId>empty())
                .link("self", "/api/v2/configuration-versions/" + version.id().value());
    }
}
