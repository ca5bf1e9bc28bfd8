package io.otfd.workspace;

import io.otfd.Ids.ProjectId;
import java.util.List;
import java.util.Optional;

/**
 * Which workspaces of an organization are listed. Everything given must hold.
 *
 * @param name part of the name, in any case
 * @param wildcardName with {@code *} at its ends
 * @param tags all of these keys
 * @param excludedTags none of these keys
 * @param tagged all of these bindings; one with an empty value asks for the key alone
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

    /** A binding to look for. */
    public record Tagged(String key, String value) {}
}
