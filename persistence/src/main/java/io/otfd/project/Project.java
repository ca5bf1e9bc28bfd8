package io.otfd.project;

import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.ProjectId;
import io.otfd.Refusal;
import io.otfd.organization.Names;
import io.otfd.organization.Organization;
import java.time.Instant;
import java.util.Optional;

/**
 * A group of workspaces. Every organization has a default one.
 *
 * @param defaultExecution the organization's
 */
public record Project(
        ProjectId id,
        OrganizationId organization,
        String organizationName,
        String name,
        Optional<String> description,
        boolean isDefault,
        Instant createdAt,
        int workspaceCount,
        Organization.DefaultExecution defaultExecution) {

    private static final int MAX_DESCRIPTION = 256;

    public Project {
        Names.project(name);
        if (description.filter(text -> text.length() > MAX_DESCRIPTION).isPresent()) {
            throw Refusal.Invalid.attribute("description", "must have at most 256 characters");
        }
    }
}
