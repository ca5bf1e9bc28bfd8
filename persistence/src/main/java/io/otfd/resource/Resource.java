package io.otfd.resource;

import io.otfd.Ids.StateVersionId;
import java.time.Instant;
import java.util.Optional;

/**
 * An instance of a resource in a workspace's current state.
 *
 * @param id {@code wsr-…}
 * @param address without the word {@code module}, as HCP Terraform shows it (observed: go-tfe's suite)
 * @param module {@code root}, or names of modules joined by dots
 * @param provider such as {@code hashicorp/aws}
 * @param providerType the resource's type
 * @param stateVersion the one that changed it last
 */
public record Resource(
        String id,
        String address,
        String name,
        String module,
        String provider,
        String providerType,
        Optional<String> nameIndex,
        Instant createdAt,
        Instant updatedAt,
        StateVersionId stateVersion) {}
