package io.otfd.workspace;

import io.otfd.Ids.ProjectId;
import io.otfd.tagbinding.Tagged;
import java.util.List;
import java.util.Optional;

/**
 * Which workspaces of an organization are listed. Everything given must hold.
 *
 * @param name part of the name, in any case
 * @param wildcardName with {@code *} at its ends
 * @param tags all of these: flat tags or keys of bindings (observed: Terraform 1.11 asks so for keys, too)
 * @param excludedTags none of these
 * @param tagged all of these bindings, its own or inherited
 * @param currentRunStatuses any of these
 */
public record WorkspaceFilter(
        Optional<String> name,
        Optional<String> wildcardName,
        List<String> tags,
        List<String> excludedTags,
        List<Tagged> tagged,
        Optional<ProjectId> project,
        List<String> currentRunStatuses) {

    boolean isEmpty() {
        return name.isEmpty()
                && wildcardName.isEmpty()
                && tags.isEmpty()
                && excludedTags.isEmpty()
                && tagged.isEmpty()
                && project.isEmpty()
                && currentRunStatuses.isEmpty();
    }
}
