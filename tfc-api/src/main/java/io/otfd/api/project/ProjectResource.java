package io.otfd.api.project;

import static io.otfd.api.Schema.FLAG;
import static io.otfd.api.Schema.FLAGS;
import static io.otfd.api.Schema.NUMBER;
import static io.otfd.api.Schema.TEXT;
import static io.otfd.api.Schema.TIME;

import io.otfd.api.ExecutionRequest;
import io.otfd.api.Patch;
import io.otfd.api.Resource;
import io.otfd.api.Schema;
import io.otfd.organization.ExecutionNames;
import io.otfd.project.Project;
import io.otfd.project.ProjectView;
import java.util.Map;

/** The {@code projects} document (cloud-docs/api-docs/projects). Mode and pool are the effective ones. */
public final class ProjectResource {

    public static final Schema SCHEMA = Schema.of("projects")
            .writable(TEXT, "name", "default-execution-mode")
            .writable(TEXT.orNull(), "description", "auto-destroy-activity-duration")
            .writable(FLAGS, "setting-overwrites")
            .writeOnly(TEXT.orNull(), "default-agent-pool-id")
            .readOnly(TIME, "created-at")
            .readOnly(FLAG, "is-unified")
            .readOnly(NUMBER, "workspace-count", "team-count")
            .readOnly(FLAGS, "permissions")
            .one("organization", "organizations")
            .oneOrNone("default-agent-pool", "agent-pools")
            .writableRelationships("default-agent-pool")
            .link("tag-bindings")
            .writeOnly(Schema.Reach.RESOURCES, "tag-bindings", "tag-bindings")
            .link("effective-tag-bindings", "effective-tag-bindings");

    private ProjectResource() {}

    public static Resource of(ProjectView view) {
        Project project = view.project();
        String self = "/api/v2/projects/" + project.id().value();
        boolean own = project.execution().isPresent();
        return new Resource(SCHEMA, project.id().value())
                .attribute("name", project.name())
                .attribute("description", project.description())
                .attribute("created-at", project.createdAt())
                .attribute("is-unified", false)
                .attribute("workspace-count", project.workspaceCount())
                .attribute("team-count", 0)
                .attribute("auto-destroy-activity-duration", project.autoDestroyActivityDuration())
                .attribute(
                        "default-execution-mode", project.effectiveExecution().wireName())
                .attribute("setting-overwrites", Map.of("default-execution-mode", own, "default-agent-pool", own))
                .attribute("permissions", permissions(view))
                .toOne("organization", "organizations", project.organizationName())
                .related("organization", "/api/v2/organizations/" + project.organizationName())
                .toOne(
                        "default-agent-pool",
                        "agent-pools",
                        project.effectiveExecution().agentPool())
                .related("tag-bindings", self + "/tag-bindings")
                .related("effective-tag-bindings", self + "/effective-tag-bindings")
                .link("self", self);
    }

    private static Map<String, Boolean> permissions(ProjectView view) {
        return Map.of(
                "can-read", true,
                "can-update", view.canUpdate(),
                "can-destroy", view.canDestroy(),
                "can-create-workspace", view.canCreateWorkspace(),
                "can-move-workspace", view.canUpdate(),
                "can-manage-tags", view.canUpdate(),
                "can-manage-teams", view.canUpdate(),
                "can-read-teams", view.canUpdate());
    }

    /** What the request mentions, on what is there. */
    static Project change(Project before, Patch patch, boolean isNew) {
        return new Project(
                before.id(),
                before.organization(),
                before.organizationName(),
                patch.text("name", before.name()),
                patch.optionalText("description", before.description()),
                before.isDefault(),
                before.createdAt(),
                before.workspaceCount(),
                ExecutionRequest.of(patch, ExecutionNames.DEFAULT)
                        .own(before.execution(), before.effectiveExecution(), isNew),
                before.organizationExecution(),
                patch.optionalText("auto-destroy-activity-duration", before.autoDestroyActivityDuration()));
    }
}
