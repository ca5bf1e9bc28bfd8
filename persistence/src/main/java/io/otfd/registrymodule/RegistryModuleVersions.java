package io.otfd.registrymodule;

import io.otfd.Ids.RegistryModuleVersionId;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.blob.Blobs;
import io.otfd.blob.Spool;
import io.otfd.configuration.Readme;
import io.otfd.database.Database;
import io.otfd.database.Tx;
import java.time.Clock;
import java.util.Optional;

/** Versions of modules: made, then filled by an upload. */
public final class RegistryModuleVersions {

    private static final int MAX_COMMIT_SHA = 64;

    private final Database database;
    private final Clock clock;

    public RegistryModuleVersions(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** What the publisher says. */
    public record Options(String version, Optional<String> commitSha, String source) {}

    /** Of a module of the organization's own. */
    public RegistryModuleVersion create(Caller caller, String organization, ModuleAddress address, Options options) {
        ModuleVersion number = new ModuleVersion(options.version());
        if (options.commitSha().map(String::length).orElse(0) > MAX_COMMIT_SHA) {
            throw Refusal.Invalid.attribute("commit-sha", "must have at most " + MAX_COMMIT_SHA + " characters");
        }
        return database.transact(tx -> {
            RegistryModule module = managed(tx, caller, organization, address);
            if (module.address().isPublic()) {
                throw Refusal.Invalid.document("A module of the public registry has its versions there.");
            }
            RegistryModuleVersionId id = RegistryModuleVersionId.random();
            tx.update(
                    "registry_module_version.insert",
                    "id",
                    id,
                    "registry_module_id",
                    module.id(),
                    "version",
                    number.text(),
                    "commit_sha",
                    options.commitSha().orElse(null),
                    "source",
                    options.source(),
                    "now",
                    clock.instant());
            return RegistryModules.find(tx, module.id()).version(number.text()).orElseThrow();
        });
    }

    private static RegistryModule managed(Tx tx, Caller caller, String organization, ModuleAddress address) {
        return RegistryModules.find(
                tx,
                RegistryModules.manager(tx, caller, organization).organization().id(),
                address);
    }

    /**
     * Takes the archive; authorized by the signed URL, which may be used again. A refused one leaves what is published as
     * it is.
     *
     * @throws Refusal.Invalid when the archive cannot be a module
     */
    public void upload(RegistryModuleVersionId id, Spool archive) {
        Optional<String> complaint = ModuleArchive.complaint(archive);
        if (complaint.isPresent()) {
            String error = "The archive was refused: " + complaint.get() + ".";
            database.transactVoid(tx ->
                    tx.update("registry_module_version.refuse", "id", id, "error", error, "now", clock.instant()));
            throw Refusal.Invalid.document(error);
        }
        Optional<String> readme = Readme.of(archive, Optional.empty());
        Blobs.storing(database, archive, tx -> {
            RegistryModuleVersion version = tx.one("registry_module_version.lock", RegistryModules::version, "id", id)
                    .orElseThrow(Refusal.NotFound::new);
            Blobs.write(tx, version.blobKey(), version.module(), archive);
            tx.update(
                    "registry_module_version.publish",
                    "id",
                    id,
                    "readme",
                    readme.map(text -> tx.vault().seal(id.value(), text)).orElse(null),
                    "now",
                    clock.instant());
        });
    }

    /** Whether an archive can be had: a version may be deleted while a URL to it lives. */
    public boolean isPublished(RegistryModuleVersionId id) {
        return database.read(sql -> sql.exists("registry_module_version.is_published", "id", id));
    }
}
