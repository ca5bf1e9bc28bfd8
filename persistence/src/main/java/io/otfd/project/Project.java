package io.otfd.project;

import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.ProjectId;
import io.otfd.Refusal;
import io.otfd.organization.ExecutionMode;
import io.otfd.organization.Names;
import java.time.Instant;
import java.util.Optional;

/**
 * A group of workspaces. Every organization has a default one.
 *
 * @param workspaceCount empty where nobody has counted: that takes a walk over them
 * @param execution its own default for its workspaces, or empty to take the organization's
 * @param organizationExecution the organization's default
 */
public record Project(
        ProjectId id,
        OrganizationId organization,
        String organizationName,
        String name,
        Optional<String> description,
        boolean isDefault,
        Instant createdAt,
        Optional<Integer> workspaceCount,
        Optional<ExecutionMode> execution,
        ExecutionMode organizationExecution,
        Optional<String> autoDestroyActivityDuration) {

    private static final int MAX_DESCRIPTION = 256;

    public Project {
        Names.project(name);
        if (description.filter(text -> text.length() > MAX_DESCRIPTION).isPresent()) {
            throw Refusal.Invalid.attribute("description", "must have at most 256 characters");
        }
        AutoDestroyDuration.check(autoDestroyActivityDuration);
    }

    /** What its workspaces inherit. */
    public ExecutionMode effectiveExecution() {
        return ExecutionMode.effective(Optional.empty(), execution, organizationExecution);
    }
}
