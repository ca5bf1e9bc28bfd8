package io.otfd.project;

import io.otfd.tagbinding.Tagged;
import java.util.List;
import java.util.Optional;

/**
 * Which projects of an organization are listed. Everything given must hold, but names beat the search.
 *
 * @param names whole names, in any case
 * @param search part of the name, in any case
 * @param tagged all of these bindings
 * @param updatable only where the caller may change the project
 * @param open only where the caller may create workspaces
 */
public record ProjectFilter(
        List<String> names, Optional<String> search, List<Tagged> tagged, boolean updatable, boolean open) {}
