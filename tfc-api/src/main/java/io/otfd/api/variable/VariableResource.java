package io.otfd.api.variable;

import static io.otfd.api.Schema.FLAG;
import static io.otfd.api.Schema.TEXT;
import static io.otfd.api.Schema.TIME;

import io.otfd.Ids.VariableSetId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.api.Patch;
import io.otfd.api.Resource;
import io.otfd.api.Schema;
import io.otfd.variable.Variable;

/** The {@code vars} document (cloud-docs/api-docs/workspace-variables and variable-sets). A sensitive value is null. */
public final class VariableResource {

    public static final Schema SCHEMA = Schema.of("vars")
            .writable(TEXT, "key", "category")
            .writable(TEXT.orNull(), "value", "description")
            .writable(FLAG, "sensitive", "hcl")
            .readOnly(TIME, "created-at")
            .readOnly(TEXT, "version-id")
            .one("configurable", "workspaces")
            .sometimes("configurable")
            .one("varset", "varsets")
            .sometimes("varset");

    private VariableResource() {}

    public static Resource of(Variable variable) {
        Resource resource = new Resource(SCHEMA, variable.id().value())
                .attribute("key", variable.key())
                .attribute("value", variable.sensitive() ? null : variable.value())
                .attribute("sensitive", variable.sensitive())
                .attribute("category", variable.category())
                .attribute("hcl", variable.hcl())
                .attribute("created-at", variable.createdAt())
                .attribute("description", variable.description())
                .attribute("version-id", variable.versionId());
        return switch (variable.owner()) {
            case WorkspaceId workspace -> {
                String path = "/api/v2/workspaces/" + workspace.value();
                yield resource.toOne("configurable", "workspaces", workspace.value())
                        .related("configurable", path)
                        .link("self", path + "/vars/" + variable.id().value());
            }
            case VariableSetId set -> {
                String path = "/api/v2/varsets/" + set.value();
                yield resource.toOne("varset", "varsets", set.value())
                        .related("varset", path)
                        .link(
                                "self",
                                path + "/relationships/vars/" + variable.id().value());
            }
        };
    }

    static Variable change(Variable before, Patch patch) {
        return new Variable(
                before.id(),
                before.owner(),
                patch.text("key", before.key()),
                patch.text("value", before.value()),
                Variable.Category.of(patch.text("category", before.category().toString())),
                patch.flag("hcl", before.hcl()),
                patch.flag("sensitive", before.sensitive()),
                patch.optionalText("description", before.description()),
                before.versionId(),
                before.createdAt());
    }
}
