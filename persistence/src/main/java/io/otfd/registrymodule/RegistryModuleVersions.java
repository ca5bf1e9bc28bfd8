package io.otfd.registrymodule;

import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.RegistryModuleId;
import io.otfd.Ids.RegistryModuleVersionId;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.blob.Blobs;
import io.otfd.blob.Spool;
import io.otfd.configuration.Readme;
import io.otfd.database.Database;
import io.otfd.database.Sql;
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
    public record Options(String version, Optional<String> commitSha, String source) {

        private ModuleVersion checked() {
            if (commitSha.map(String::length).orElse(0) > MAX_COMMIT_SHA) {
                throw Refusal.Invalid.attribute("commit-sha", "must have at most " + MAX_COMMIT_SHA + " characters");
            }
            return new ModuleVersion(version);
        }
    }

    /** Of a module of the organization's own. */
    public RegistryModuleVersion create(Caller caller, String organization, ModuleAddress address, Options options) {
        ModuleVersion number = options.checked();
        return database.transact(tx -> {
            RegistryModule module = RegistryModules.find(
                    tx,
                    RegistryModules.manager(tx, caller, organization)
                            .organization()
                            .id(),
                    address);
            requireOwn(module.address());
            return insert(tx, module.id(), number, options);
        });
    }

    /**
     * A version with its archive at once; the module is made where there is none of its name yet.
     *
     * @throws Refusal.Invalid when the archive cannot be a module; then nothing has been made
     */
    public RegistryModuleVersion publish(
            Caller caller, String organization, ModuleAddress address, Options options, Spool archive) {
        database.read(sql -> RegistryModules.manager(sql, caller, organization));
        ModuleVersion number = options.checked();
        ModuleAddress checked = address.checked();
        requireOwn(checked);
        ModuleArchive.complaint(archive).ifPresent(complaint -> {
            throw Refusal.Invalid.at("/archive", refusal(complaint));
        });
        Optional<String> readme = Readme.of(archive, Optional.empty());
        RegistryModuleVersionId id = RegistryModuleVersionId.random();
        Blobs.storing(database, archive, tx -> {
            OrganizationId owner = RegistryModules.manager(tx, caller, organization)
                    .organization()
                    .id();
            RegistryModuleId module = RegistryModules.lookUp(tx, owner, checked)
                    .map(RegistryModule::id)
                    .orElseGet(() -> RegistryModules.insert(tx, owner, checked, false, clock.instant()));
            insert(tx, id, module, number, options);
            fill(tx, find(tx, id), archive, readme);
        });
        return database.read(sql -> find(sql, id));
    }

    private static void requireOwn(ModuleAddress address) {
        if (address.isPublic()) {
            throw Refusal.Invalid.document("A module of the public registry has its versions there.");
        }
    }

    private RegistryModuleVersion insert(Tx tx, RegistryModuleId module, ModuleVersion number, Options options) {
        RegistryModuleVersionId id = RegistryModuleVersionId.random();
        insert(tx, id, module, number, options);
        return find(tx, id);
    }

    private void insert(
            Tx tx, RegistryModuleVersionId id, RegistryModuleId module, ModuleVersion number, Options options) {
        tx.update(
                "registry_module_version.insert",
                "id",
                id,
                "registry_module_id",
                module,
                "version",
                number.text(),
                "commit_sha",
                options.commitSha().orElse(null),
                "source",
                options.source(),
                "now",
                clock.instant());
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
            String error = refusal(complaint.get());
            database.transactVoid(tx ->
                    tx.update("registry_module_version.refuse", "id", id, "error", error, "now", clock.instant()));
            throw Refusal.Invalid.document(error);
        }
        Optional<String> readme = Readme.of(archive, Optional.empty());
        Blobs.storing(database, archive, tx -> {
            RegistryModuleVersion version = tx.one("registry_module_version.lock", RegistryModules::version, "id", id)
                    .orElseThrow(Refusal.NotFound::new);
            fill(tx, version, archive, readme);
        });
    }

    private static String refusal(String complaint) {
        return "The archive was refused: " + complaint + ".";
    }

    private void fill(Tx tx, RegistryModuleVersion version, Spool archive, Optional<String> readme) {
        Blobs.write(tx, version.blobKey(), version.module(), archive);
        tx.update(
                "registry_module_version.publish",
                "id",
                version.id(),
                "readme",
                readme.map(text -> tx.vault().seal(version.id().value(), text)).orElse(null),
                "now",
                clock.instant());
    }

    private static RegistryModuleVersion find(Sql sql, RegistryModuleVersionId id) {
        return sql.one("registry_module_version.by_id", RegistryModules::version, "id", id)
                .orElseThrow(Refusal.NotFound::new);
    }

    /** Whether an archive can be had: a version may be deleted while a URL to it lives. */
    public boolean isPublished(RegistryModuleVersionId id) {
        return database.read(sql -> sql.exists("registry_module_version.is_published", "id", id));
    }
}
