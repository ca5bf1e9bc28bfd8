package io.otfd.registrymodule;

import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.RegistryModuleId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A module for one provider, in an organization's registry.
 *
 * @param noCode marked for no-code provisioning
 * @param versions the newest first; none of a public one, whose versions are elsewhere
 */
public record RegistryModule(
        RegistryModuleId id,
        OrganizationId organization,
        String organizationName,
        ModuleAddress address,
        boolean noCode,
        Instant createdAt,
        Instant updatedAt,
        List<RegistryModuleVersion> versions) {

    public RegistryModule {
        versions = List.copyOf(versions);
    }

    /** {@code pending}, {@code setup_complete} or {@code setup_failed}. */
    public String status() {
        if (latest().isPresent()) {
            return "setup_complete";
        }
        return versions.stream().anyMatch(version -> version.error().isPresent()) ? "setup_failed" : "pending";
    }

    /** What can be used, the newest first. */
    public List<RegistryModuleVersion> published() {
        return versions.stream().filter(RegistryModuleVersion::isPublished).toList();
    }

    /** The newest that can be used; one that is no pre-release, where there is one. */
    public Optional<RegistryModuleVersion> latest() {
        List<RegistryModuleVersion> published = published();
        return published.stream()
                .filter(version -> !version.version().isPreRelease())
                .findFirst()
                .or(() -> published.stream().findFirst());
    }

    public Optional<RegistryModuleVersion> version(String number) {
        return versions.stream()
                .filter(version -> version.version().text().equals(number))
                .findFirst();
    }

    RegistryModule with(List<RegistryModuleVersion> found) {
        return new RegistryModule(
                id,
                organization,
                organizationName,
                address,
                noCode,
                createdAt,
                updatedAt,
                found.stream().sorted().toList());
    }
}
