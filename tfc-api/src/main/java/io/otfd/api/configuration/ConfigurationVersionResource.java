package io.otfd.api.configuration;

import io.otfd.api.Resource;
import io.otfd.configuration.ConfigurationVersion;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The {@code configuration-versions} document (cloud-docs/api-docs/configuration-versions). */
public final class ConfigurationVersionResource {

    private ConfigurationVersionResource() {}

    /** @param uploadUrl in the answer to the creation, and null later */
    public static Resource of(ConfigurationVersion version, Optional<String> uploadUrl) {
        Map<String, Object> timestamps = new LinkedHashMap<>();
        version.uploadedAt().ifPresent(at -> timestamps.put("uploaded-at", at));
        return new Resource("configuration-versions", version.id().value())
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
                .toOne("workspace", "workspaces", version.workspace().value())
                .link("self", "/api/v2/configuration-versions/" + version.id().value());
    }
}
