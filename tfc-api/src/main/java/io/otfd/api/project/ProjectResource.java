package io.otfd.api.project;

import io.otfd.api.Patch;
import io.otfd.api.Resource;
import io.otfd.project.Project;
import java.util.Map;

/** The {@code projects} document (cloud-docs/api-docs/projects). */
public final class ProjectResource {

    private ProjectResource() {}

    public static Resource of(Project project) {
        String self = "/api/v2/projects/" + project.id().value();
        return new Resource("projects", project.id().value())
                .attribute("name", project.name())
                .attribute("description", project.description())
                .attribute("created-at", project.createdAt())
                .attribute("is-unified", false)
                .attribute("workspace-count", project.workspaceCount())
                .attribute("team-count", 0)
                .attribute("auto-destroy-activity-duration", null)
                .attribute("default-execution-mode", project.defaultExecution().mode())
                .attribute("setting-overwrites", Map.of("default-execution-mode", false, "default-agent-pool", false))
                .attribute(
                        "permissions",
                        Map.of(
                                "can-read", true,
                                "can-update", true,
                                "can-destroy", !project.isDefault(),
                                "can-create-workspace", true,
                                "can-move-workspace", true,
                                "can-manage-tags", true))
                .toOne("organization", "organizations", project.organizationName())
                .related("organization", "/api/v2/organizations/" + project.organizationName())
                .toOne(
                        "default-agent-pool",
                        "agent-pools",
                        project.defaultExecution().agentPool())
                .link("self", self);
    }

    static Project change(Project before, Patch patch) {
        return new Project(
                before.id(),
                before.organization(),
                before.organizationName(),
                patch.text("name", before.name()),
                patch.optionalText("description", before.description()),
                before.isDefault(),
                before.createdAt(),
                before.workspaceCount(),
                before.defaultExecution());
    }
}
