package io.otfd.registrymodule;

import io.otfd.Ids.RegistryModuleId;
import io.otfd.Ids.RegistryModuleVersionId;
import java.time.Instant;
import java.util.Optional;

/**
 * A version of a module, from its creation on. Their order is that of a list: the newest first.
 *
 * @param commitSha of the commit that it was made from, where the publisher says
 * @param source who published it, such as {@code tfe-api}
 * @param status {@code pending} until the upload, then {@code ok} or {@code reg_ingress_failed}
 * @param error why the archive was refused
 */
public record RegistryModuleVersion(
        RegistryModuleVersionId id,
        RegistryModuleId module,
        ModuleVersion version,
        Optional<String> commitSha,
        String source,
        String status,
        Optional<String> error,
        Instant createdAt,
        Instant updatedAt)
        implements Comparable<RegistryModuleVersion> {

    public boolean isPublished() {
        return status.equals("ok");
    }

    /** Where its archive is. */
    public String blobKey() {
        return blobKey(id);
    }

    public static String blobKey(RegistryModuleVersionId id) {
        return "registry-module/" + id.value();
    }

    @Override
    public int compareTo(RegistryModuleVersion other) {
        return other.version.compareTo(version);
    }
}
