package io.otfd.variableset;

import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.ProjectId;
import io.otfd.Ids.VariableId;
import io.otfd.Ids.VariableSetId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Variables that several workspaces share.
 *
 * @param project that owns it; empty when the organization does
 * @param global it is in every workspace of the organization
 * @param priority its values beat those of workspaces and of the command line
 * @param workspaces that it is applied to by name
 * @param projects in whose workspaces it is
 */
public record VariableSet(
        VariableSetId id,
        OrganizationId organization,
        String organizationName,
        Optional<ProjectId> project,
        String name,
        Optional<String> description,
        boolean global,
        boolean priority,
        Instant updatedAt,
        List<VariableId> variables,
        List<WorkspaceId> workspaces,
        List<ProjectId> projects) {

    private static final int MAX_NAME = 90;
    private static final int MAX_DESCRIPTION = 512;

    public VariableSet {
        if (name.isBlank()) {
            throw Refusal.Invalid.attribute("name", "can't be blank");
        }
        if (name.length() > MAX_NAME) {
            throw Refusal.Invalid.attribute("name", "is too long (maximum is " + MAX_NAME + " characters)");
        }
        if (description.filter(text -> text.length() > MAX_DESCRIPTION).isPresent()) {
            throw Refusal.Invalid.attribute(
                    "description", "is too long (maximum is " + MAX_DESCRIPTION + " characters)");
        }
        if (global && project.isPresent()) {
            throw Refusal.Invalid.attribute("global", "must be false for a variable set that a project owns");
        }
    }

    /** With these settings in place of its own. */
    public VariableSet with(String newName, Optional<String> newDescription, boolean isGlobal, boolean hasPriority) {
        return new VariableSet(
                id,
                organization,
                organizationName,
                project,
                newName,
                newDescription,
                isGlobal,
                hasPriority,
                updatedAt,
                variables,
                workspaces,
                projects);
    }
}
