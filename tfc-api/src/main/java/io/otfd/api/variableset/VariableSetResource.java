package io.otfd.api.variableset;

import static io.otfd.api.Schema.FLAG;
import static io.otfd.api.Schema.FLAGS;
import static io.otfd.api.Schema.NUMBER;
import static io.otfd.api.Schema.TEXT;
import static io.otfd.api.Schema.TIME;

import io.otfd.Ids.ProjectId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.api.Patch;
import io.otfd.api.Resource;
import io.otfd.api.Schema;
import io.otfd.variableset.VariableSet;
import io.otfd.variableset.VariableSetView;
import io.otfd.variableset.VariableSets;
import java.util.List;
import java.util.Map;

/** The {@code varsets} document (cloud-docs/api-docs/variable-sets). */
public final class VariableSetResource {

    public static final Schema SCHEMA = Schema.of("varsets")
            .writable(TEXT, "name")
            .writable(TEXT.orNull(), "description")
            .writable(FLAG, "global", "priority")
            .readOnly(TIME, "updated-at")
            .readOnly(NUMBER, "var-count", "workspace-count", "project-count", "stack-count")
            .readOnly(FLAGS, "permissions")
            .one("organization", "organizations")
            .one("parent", "organizations", "projects")
            .many("vars", "vars")
            .many("workspaces", "workspaces")
            .many("projects", "projects")
            .many("stacks", "stacks")
            .writableRelationships("parent", "workspaces", "projects");

    private VariableSetResource() {}

    public static Resource of(VariableSetView view) {
        VariableSet set = view.set();
        Resource resource = new Resource(SCHEMA, set.id().value())
                .attribute("name", set.name())
                .attribute("description", set.description())
                .attribute("global", set.global())
                .attribute("priority", set.priority())
                .attribute("updated-at", set.updatedAt())
                .attribute("var-count", set.variables().size())
                .attribute("workspace-count", set.workspaces().size())
                .attribute("project-count", set.projects().size())
                .attribute("stack-count", 0)
                .attribute("permissions", Map.of("can-update", view.canUpdate()))
                .toOne("organization", "organizations", set.organizationName());
        set.project()
                .ifPresentOrElse(
                        project -> resource.toOne("parent", "projects", project.value()),
                        () -> resource.toOne("parent", "organizations", set.organizationName()));
        return resource.toMany("vars", "vars", set.variables())
                .toMany("workspaces", "workspaces", set.workspaces())
                .toMany("projects", "projects", set.projects())
                .toMany("stacks", "stacks", List.of())
                .link("self", "/api/v2/varsets/" + set.id().value());
    }

    static VariableSet change(VariableSet before, Patch patch) {
        return before.with(
                patch.text("name", before.name()),
                patch.optionalText("description", before.description()),
                patch.flag("global", before.global()),
                patch.flag("priority", before.priority()));
    }

    static VariableSets.Placement placement(Patch patch) {
        return new VariableSets.Placement(
                patch.references("workspaces", WorkspaceId::new), patch.references("projects", ProjectId::new));
    }
}
