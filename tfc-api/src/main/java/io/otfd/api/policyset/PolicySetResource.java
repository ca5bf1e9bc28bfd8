package io.otfd.api.policyset;

import static io.otfd.api.Schema.ANY;
import static io.otfd.api.Schema.FLAG;
import static io.otfd.api.Schema.NUMBER;
import static io.otfd.api.Schema.TEXT;
import static io.otfd.api.Schema.TEXTS;
import static io.otfd.api.Schema.TIME;

import io.otfd.Ids.Id;
import io.otfd.Ids.PolicyId;
import io.otfd.Ids.ProjectId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Refusal;
import io.otfd.api.Patch;
import io.otfd.api.Resource;
import io.otfd.api.Schema;
import io.otfd.policy.PolicyKind;
import io.otfd.policyset.PolicySet;
import io.otfd.policyset.PolicySetSettings;
import io.otfd.policyset.Target;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The {@code policy-sets} document (cloud-docs/api-docs/policy-sets). */
public final class PolicySetResource {

    public static final Schema SCHEMA = Schema.of("policy-sets")
            .readOnly(TEXT, "kind")
            .writeOnly(TEXT, "kind")
            .writable(TEXT, "name")
            .writable(TEXT.orNull(), "description")
            .writable(FLAG, "global", "overridable", "agent-enabled")
            .writable(TEXT, "policy-tool-version")
            .writable(TEXTS, "policy-update-patterns")
            .readOnly(NUMBER, "policy-count", "workspace-count", "project-count")
            .readOnly(FLAG, "versioned")
            .readOnly(TEXT.orNull(), "policies-path")
            .readOnly(ANY.orNull(), "vcs-repo")
            .readOnly(TIME, "created-at", "updated-at")
            .one("organization", "organizations")
            .many("policies", "policies")
            .many("workspaces", "workspaces")
            .many("workspace-exclusions", "workspaces")
            .many("projects", "projects")
            .many("project-exclusions", "projects")
            .oneOrNone("newest-version", "policy-set-versions")
            .oneOrNone("current-version", "policy-set-versions")
            .writableRelationships("policies", "workspaces", "workspace-exclusions", "projects", "project-exclusions");

    private PolicySetResource() {}

    public static Resource of(PolicySet set) {
        PolicySetSettings settings = set.settings();
        return new Resource(SCHEMA, set.id().value())
                .attribute("name", settings.name())
                .attribute("description", settings.description())
                .attribute("kind", PolicyKind.OPA)
                .attribute("global", settings.global())
                .attribute("overridable", settings.overridable())
                .attribute("agent-enabled", settings.agentEnabled())
                .attribute("policy-tool-version", settings.toolVersion())
                .attribute("policy-update-patterns", settings.updatePatterns())
                .attribute("policy-count", set.policies().size())
                .attribute("workspace-count", set.workspaces().size())
                .attribute("project-count", set.projects().size())
                .attribute("versioned", false)
                .attribute("policies-path", null)
                .attribute("vcs-repo", null)
                .attribute("created-at", set.createdAt())
                .attribute("updated-at", set.updatedAt())
                .toOne("organization", "organizations", set.organizationName())
                .toMany("policies", "policies", set.policies())
                .toMany("workspaces", "workspaces", set.workspaces())
                .toMany("workspace-exclusions", "workspaces", set.excludedWorkspaces())
                .toMany("projects", "projects", set.projects())
                .toMany("project-exclusions", "projects", set.excludedProjects())
                .toOne("newest-version", "policy-set-versions", Optional.empty())
                .toOne("current-version", "policy-set-versions", Optional.empty())
                .link("self", "/api/v2/policy-sets/" + set.id().value());
    }

    static PolicySetSettings change(PolicySetSettings before, Patch patch) {
        if (patch.has("vcs-repo")) {
            throw Refusal.Invalid.attribute(
                    "vcs-repo", "is not supported: upload policies, and name them under relationships");
        }
        return new PolicySetSettings(
                patch.text("name", before.name()),
                patch.optionalText("description", before.description()),
                patch.flag("global", before.global()),
                patch.flag("overridable", before.overridable()),
                patch.flag("agent-enabled", before.agentEnabled()),
                patch.text("policy-tool-version", before.toolVersion()),
                patch.texts("policy-update-patterns", before.updatePatterns()));
    }

    /** What the document mentions. */
    static Map<Target, List<? extends Id>> placement(Patch patch) {
        Map<Target, List<? extends Id>> placement = new EnumMap<>(Target.class);
        for (Target target : Target.values()) {
            patch.references(target.toString(), type(target)).ifPresent(ids -> placement.put(target, ids));
        }
        return placement;
    }

    static Function<String, ? extends Id> type(Target target) {
        return switch (target) {
            case POLICIES -> PolicyId::new;
            case WORKSPACES, WORKSPACE_EXCLUSIONS -> WorkspaceId::new;
            case PROJECTS, PROJECT_EXCLUSIONS -> ProjectId::new;
        };
    }
}
