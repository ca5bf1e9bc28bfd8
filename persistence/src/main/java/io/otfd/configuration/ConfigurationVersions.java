package io.otfd.configuration;

import io.otfd.Ids;
import io.otfd.Ids.ConfigurationVersionId;
import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.RegistryModuleId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.Access;
import io.otfd.access.Caller;
import io.otfd.access.OrganizationPermission;
import io.otfd.access.WorkspacePermission;
import io.otfd.blob.Blobs;
import io.otfd.blob.Spool;
import io.otfd.database.Database;
import io.otfd.database.Row;
import io.otfd.database.Sql;
import io.otfd.database.Tx;
import io.otfd.workspace.Workspaces;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** Configurations that clients upload. */
public final class ConfigurationVersions {

    private final Database database;
    private final Clock clock;

    public ConfigurationVersions(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** What the creator says. */
    public record Options(String source, boolean autoQueueRuns, boolean speculative, boolean provisional) {}

    public ConfigurationVersion create(Caller caller, WorkspaceId workspace, Options options) {
        return database.transact(tx -> {
            Workspaces.view(tx, caller, workspace).grants().require(WorkspacePermission.CAN_QUEUE_RUN);
            ConfigurationVersionId id = ConfigurationVersionId.random();
            tx.update(
                    "configuration_version.insert",
                    "id",
                    id,
                    "workspace_id",
                    workspace,
                    "source",
                    options.source(),
                    "auto_queue_runs",
                    options.autoQueueRuns(),
                    "speculative",
                    options.speculative(),
                    "provisional",
                    options.provisional(),
                    "now",
                    clock.instant());
            if (!options.speculative() && !options.provisional()) {
                tx.update("configuration_version.make_current", "id", id, "workspace_id", workspace);
            }
            return find(tx, id);
        });
    }

    /** For the registry, which has checked the caller: one that tests a module. No run comes of it. */
    public static ConfigurationVersion createForModule(Tx tx, RegistryModuleId module, String source, Instant now) {
        ConfigurationVersionId id = ConfigurationVersionId.random();
        tx.update(
                "configuration_version.insert_for_module",
                "id",
                id,
                "registry_module_id",
                module,
                "source",
                source,
                "now",
                now);
        return find(tx, id);
    }

    public ConfigurationVersion read(Caller caller, ConfigurationVersionId id) {
        return database.read(sql -> {
            ConfigurationVersion version = find(sql, id);
            // A run task sees the configuration of its run.
            if (!(caller instanceof Caller.Task task)
                    || !sql.exists("configuration_version.of_run", "id", id, "run_id", task.run())) {
                require(sql, caller, version, WorkspacePermission.CAN_READ_RUN);
            }
            return version;
        });
    }

    /** A module's is for those who manage modules. */
    private static void require(Sql sql, Caller caller, ConfigurationVersion version, WorkspacePermission permission) {
        if (version.owner() instanceof RegistryModuleId module) {
            OrganizationId organization = sql.one(
                            "configuration_version.module_organization",
                            row -> new OrganizationId(row.text("organization_id")),
                            "registry_module_id",
                            module)
                    .orElseThrow(Refusal.NotFound::new);
            Access.inOrganization(sql, caller, organization)
                    .inOrganization()
                    .require(OrganizationPermission.CAN_CREATE_MODULE);
        } else {
            Workspaces.view(sql, caller, version.workspace()).grants().require(permission);
        }
    }

    /** Several at once, of workspaces that the caller has seen. */
    public List<ConfigurationVersion> read(Collection<ConfigurationVersionId> ids) {
        return database.read(sql ->
                sql.list("configuration_version.by_ids", ConfigurationVersions::configurationVersion, "ids", ids));
    }

    public Page<ConfigurationVersion> list(Caller caller, WorkspaceId workspace, Page.Request page) {
        return database.read(sql -> {
            Workspaces.view(sql, caller, workspace).grants().require(WorkspacePermission.CAN_READ_RUN);
            long total = sql.count("configuration_version.count", "workspace_id", workspace);
            return new Page<>(
                    sql.list(
                            "configuration_version.list",
                            ConfigurationVersions::configurationVersion,
                            "workspace_id",
                            workspace,
                            "limit",
                            page.size(),
                            "offset",
                            page.offset()),
                    page,
                    total);
        });
    }

    /**
     * Takes the archive; authorized by the signed URL. The same URL may be used again while nothing runs from it.
     *
     * @param whenUploaded runs in the transaction, once, at the first upload
     */
    public void upload(ConfigurationVersionId id, Spool archive, BiConsumer<Tx, ConfigurationVersion> whenUploaded) {
        if (archive.size() == 0) {
            throw Refusal.Invalid.document("The configuration archive is empty.");
        }
        Optional<String> readme = Readme.of(archive, workingDirectory(id));
        Blobs.storing(database, archive, tx -> {
            ConfigurationVersion version = tx.one(
                            "configuration_version.lock", ConfigurationVersions::configurationVersion, "id", id)
                    .orElseThrow(Refusal.NotFound::new);
            if (!version.isUploaded() && !version.status().equals("pending")) {
                throw new Refusal.Conflict("The configuration is " + version.status() + ".");
            }
            Blobs.write(tx, version.blobKey(), version.owner(), archive);
            tx.update("configuration_version.delete_readme", "id", id);
            readme.ifPresent(text -> tx.update(
                    "configuration_version.insert_readme",
                    "id",
                    id,
                    "body",
                    tx.vault().seal(id.value(), text)));
            if (!version.isUploaded()) {
                tx.update("configuration_version.uploaded", "id", id, "now", clock.instant());
                whenUploaded.accept(tx, find(tx, id));
            }
        });
    }

    private Optional<String> workingDirectory(ConfigurationVersionId id) {
        return database.read(sql -> sql.one(
                        "configuration_version.working_directory",
                        row -> row.optionalText("working_directory"),
                        "id",
                        id)
                .orElseThrow(Refusal.NotFound::new));
    }

    /** Markdown by configuration, of workspaces that the caller has seen. It is a stranger's text. */
    public Map<ConfigurationVersionId, String> readmes(Collection<ConfigurationVersionId> ids) {
        return database
                .read(sql -> sql.list(
                        "configuration_version.readmes",
                        row -> {
                            String id = row.text("configuration_version_id");
                            return Map.entry(new ConfigurationVersionId(id), row.secret("body", id));
                        },
                        "ids",
                        ids))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Drops the archive of one that nothing needs any more (cloud-docs/api-docs/configuration-versions, Archive). */
    public void archive(Caller caller, ConfigurationVersionId id) {
        change(caller, id, List.of("uploaded"), "archived", "archived");
    }

    /** Hides the archive; {@link #restore} brings it back. */
    public void softDelete(Caller caller, ConfigurationVersionId id) {
        change(caller, id, List.of("uploaded"), "backing_data_soft_deleted", "deleted");
    }

    public void restore(Caller caller, ConfigurationVersionId id) {
        change(caller, id, List.of("backing_data_soft_deleted"), "uploaded", "restored");
    }

    /** For good. */
    public void deletePermanently(Caller caller, ConfigurationVersionId id) {
        change(caller, id, List.of("backing_data_soft_deleted"), "backing_data_permanently_deleted", "deleted");
    }

    private void change(Caller caller, ConfigurationVersionId id, List<String> from, String to, String word) {
        database.transactVoid(tx -> {
            ConfigurationVersion version = tx.one(
                            "configuration_version.lock", ConfigurationVersions::configurationVersion, "id", id)
                    .orElseThrow(Refusal.NotFound::new);
            require(tx, caller, version, WorkspacePermission.CAN_UPDATE);
            String refused = "transition not allowed: configuration could not be " + word + " because it is ";
            if (!from.contains(version.status())) {
                throw new Refusal.Conflict(refused + version.status());
            }
            if (version.isUploaded() && tx.exists("configuration_version.is_current", "id", id)) {
                throw new Refusal.Conflict(refused + "current");
            }
            if (version.isUploaded() && tx.exists("configuration_version.is_used", "id", id)) {
                throw new Refusal.Conflict(refused + "used by a run that is not over");
            }
            tx.update("configuration_version.update_status", "id", id, "status", to, "now", clock.instant());
            if (to.equals("archived") || to.equals("backing_data_permanently_deleted")) {
                tx.update("blob.delete", "key", version.blobKey());
            }
        });
    }

    /** For the machinery: a run has applied it. */
    public static void applied(Tx tx, ConfigurationVersionId id) {
        tx.update("configuration_version.applied", "id", id);
    }

    /** For other services. */
    public static ConfigurationVersion find(Sql sql, ConfigurationVersionId id) {
        return sql.one("configuration_version.by_id", ConfigurationVersions::configurationVersion, "id", id)
                .orElseThrow(Refusal.NotFound::new);
    }

    /** For other services: the newest one that a run may apply. */
    public static Optional<ConfigurationVersion> latestUploaded(Sql sql, WorkspaceId workspace) {
        return sql.one(
                "configuration_version.latest_uploaded",
                ConfigurationVersions::configurationVersion,
                "workspace_id",
                workspace);
    }

    private static ConfigurationVersion configurationVersion(Row row) {
        return new ConfigurationVersion(
                new ConfigurationVersionId(row.text("id")),
                row.optionalText("workspace_id")
                        .<Ids.Id>map(WorkspaceId::new)
                        .orElseGet(() -> new RegistryModuleId(row.text("registry_module_id"))),
                row.text("status"),
                row.text("source"),
                row.flag("auto_queue_runs"),
                row.flag("speculative"),
                row.flag("provisional"),
                row.instant("created_at"),
                row.optionalInstant("uploaded_at"),
                row.optionalInstant("archived_at"));
    }
}
