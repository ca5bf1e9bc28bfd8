package io.otfd.policyset;

import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.PolicyId;
import io.otfd.Ids.PolicySetId;
import io.otfd.Ids.ProjectId;
import io.otfd.Ids.WorkspaceId;
import java.time.Instant;
import java.util.List;

/** Policies that several workspaces are held to. */
public record PolicySet(
        PolicySetId id,
        OrganizationId organization,
        String organizationName,
        PolicySetSettings settings,
        List<PolicyId> policies,
        List<WorkspaceId> workspaces,
        List<WorkspaceId> excludedWorkspaces,
        List<ProjectId> projects,
        List<ProjectId> excludedProjects,
        Instant createdAt,
        Instant updatedAt) {}
