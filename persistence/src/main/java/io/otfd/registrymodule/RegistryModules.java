package io.otfd.registrymodule;

import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.RegistryModuleId;
import io.otfd.Ids.RegistryModuleVersionId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.Access;
import io.otfd.access.Caller;
import io.otfd.access.Grants;
import io.otfd.access.OrganizationPermission;
import io.otfd.configuration.ConfigurationVersion;
import io.otfd.configuration.ConfigurationVersions;
import io.otfd.database.Database;
import io.otfd.database.Row;
import io.otfd.database.Sql;
import io.otfd.database.Tx;
import io.otfd.organization.Like;
import io.otfd.organization.OrganizationView;
import io.otfd.organization.Organizations;
import io.otfd.tagbinding.TagBinding;
import io.otfd.tagbinding.TagBindings;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Modules of an organization's registry. Everybody who belongs to it sees them, its runs included. */
public final class RegistryModules {

    private final Database database;
    private final Clock clock;

    public RegistryModules(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    public RegistryModuleView create(Caller caller, String organization, ModuleAddress address, boolean noCode) {
        return database.transact(tx -> {
            OrganizationView view = manager(tx, caller, organization);
            RegistryModuleId id = insert(tx, view.organization().id(), address.checked(), noCode, clock.instant());
            return new RegistryModuleView(find(tx, id), true);
        });
    }

    static RegistryModuleId insert(
            Tx tx, OrganizationId organization, ModuleAddress address, boolean noCode, Instant now) {
        RegistryModuleId id = RegistryModuleId.random();
        tx.update(
                "registry_module.insert",
                "id",
                id,
                "organization_id",
                organization,
                "public_namespace",
                address.publicNamespace().orElse(null),
                "name",
                address.name(),
                "provider",
                address.provider(),
                "no_code",
                noCode,
                "now",
                now);
        return id;
    }

    /**
     * Which modules a list holds; empty components match all.
     *
     * @param search part of the name, the provider or the namespace
     * @param isPublic those of the public registry, or those of the organization's own
     */
    public record Filter(
            Optional<String> search, Optional<String> name, Optional<String> provider, Optional<Boolean> isPublic) {

        public static Filter by(Optional<String> search) {
            return new Filter(search, Optional.empty(), Optional.empty(), Optional.empty());
        }
    }

    public Page<RegistryModuleView> list(Caller caller, String organization, Filter filter, Page.Request page) {
        return database.read(sql -> {
            OrganizationView view = Organizations.view(sql, caller, organization);
            String search =
                    filter.search().map(text -> "%" + Like.escape(text) + "%").orElse("%");
            List<RegistryModule> found = sql.list(
                    "registry_module.list",
                    RegistryModules::module,
                    "organization_id",
                    view.organization().id(),
                    "search",
                    search,
                    "name",
                    filter.name().orElse(null),
                    "provider",
                    filter.provider().orElse(null),
                    "public",
                    filter.isPublic().orElse(null),
                    "limit",
                    page.size(),
                    "offset",
                    page.offset());
            long total = sql.count(
                    "registry_module.count",
                    "organization_id",
                    view.organization().id(),
                    "search",
                    search,
                    "name",
                    filter.name().orElse(null),
                    "provider",
                    filter.provider().orElse(null),
                    "public",
                    filter.isPublic().orElse(null));
            boolean manages = manages(view.grants());
            return new Page<>(withVersions(sql, found), page, total)
                    .map(module -> new RegistryModuleView(module, manages));
        });
    }

    public RegistryModuleView read(Caller caller, String organization, ModuleAddress address) {
        return database.read(sql -> {
            OrganizationView view = Organizations.view(sql, caller, organization);
            return new RegistryModuleView(find(sql, view.organization().id(), address), manages(view.grants()));
        });
    }

    public RegistryModuleView read(Caller caller, RegistryModuleId id) {
        return database.read(sql -> {
            RegistryModule module = find(sql, id);
            Grants<OrganizationPermission> grants =
                    Access.inOrganization(sql, caller, module.organization()).inOrganization();
            grants.require(OrganizationPermission.CAN_TRAVERSE);
            return new RegistryModuleView(module, manages(grants));
        });
    }

    /** @param tagBindings these and no others; empty leaves them as they are */
    public RegistryModuleView update(
            Caller caller,
            String organization,
            ModuleAddress address,
            Optional<Boolean> noCode,
            Optional<List<TagBinding>> tagBindings) {
        return database.transact(tx -> {
            OrganizationView view = manager(tx, caller, organization);
            RegistryModule module = find(tx, view.organization().id(), address);
            tx.update(
                    "registry_module.update",
                    "id",
                    module.id(),
                    "no_code",
                    noCode.orElse(module.noCode()),
                    "now",
                    clock.instant());
            tagBindings.ifPresent(wanted -> TagBindings.replace(tx, module.id(), wanted));
            return new RegistryModuleView(find(tx, module.id()), true);
        });
    }

    public List<TagBinding> tagBindings(Caller caller, RegistryModuleId id) {
        RegistryModule module = read(caller, id).module();
        return database.read(sql -> TagBindings.of(sql, module.id()));
    }

    /**
     * Which modules of one name are deleted.
     *
     * @param publicNamespace of entries of the public registry; empty for the organization's own
     * @param both whichever of the two
     * @param provider empty for all
     */
    public record Named(Optional<String> publicNamespace, boolean both, String name, Optional<String> provider) {}

    /** With all their versions. */
    public void delete(Caller caller, String organization, Named named) {
        database.transactVoid(tx -> {
            OrganizationView view = manager(tx, caller, organization);
            long deleted = tx.update(
                    "registry_module.delete_named",
                    "organization_id",
                    view.organization().id(),
                    "public_namespace",
                    named.publicNamespace().orElse(null),
                    "both",
                    named.both(),
                    "name",
                    named.name(),
                    "provider",
                    named.provider().orElse(null));
            if (deleted == 0) {
                throw new Refusal.NotFound();
            }
        });
    }

    /** A module goes with its last version, as documented. */
    public void deleteVersion(Caller caller, String organization, ModuleAddress address, String version) {
        database.transactVoid(tx -> {
            OrganizationView view = manager(tx, caller, organization);
            RegistryModuleId id = find(tx, view.organization().id(), address).id();
            tx.one("registry_module.lock", row -> row.text("id"), "id", id).orElseThrow(Refusal.NotFound::new);
            RegistryModule module = find(tx, id);
            RegistryModuleVersion deleted = module.version(version).orElseThrow(Refusal.NotFound::new);
            tx.update("blob.delete", "key", deleted.blobKey());
            tx.update("registry_module_version.delete", "id", deleted.id());
            if (module.versions().size() == 1) {
                tx.update("registry_module.delete", "id", id);
            }
        });
    }

    /** A configuration for a test of the module. */
    public ConfigurationVersion createConfiguration(
            Caller caller, String organization, ModuleAddress address, String source) {
        return database.transact(tx -> {
            OrganizationView view = manager(tx, caller, organization);
            RegistryModuleId module =
                    find(tx, view.organization().id(), address).id();
            return ConfigurationVersions.createForModule(tx, module, source, clock.instant());
        });
    }

    /** Markdown of a stranger. */
    public Optional<String> readme(RegistryModuleVersion version) {
        return database.read(sql -> sql.one(
                "registry_module_version.readme",
                row -> row.secret("readme", version.id().value()),
                "id",
                version.id()));
    }

    static RegistryModule find(Sql sql, RegistryModuleId id) {
        return sql.one("registry_module.by_id", RegistryModules::module, "id", id)
                .map(module -> withVersions(sql, List.of(module)).getFirst())
                .orElseThrow(Refusal.NotFound::new);
    }

    static RegistryModule find(Sql sql, OrganizationId organization, ModuleAddress address) {
        return lookUp(sql, organization, address).orElseThrow(Refusal.NotFound::new);
    }

    static Optional<RegistryModule> lookUp(Sql sql, OrganizationId organization, ModuleAddress address) {
        return sql.one(
                        "registry_module.by_address",
                        RegistryModules::module,
                        "organization_id",
                        organization,
                        "public_namespace",
                        address.publicNamespace().orElse(null),
                        "name",
                        address.name(),
                        "provider",
                        address.provider())
                .map(module -> withVersions(sql, List.of(module)).getFirst());
    }

    /** The organization, where the caller manages its modules. */
    static OrganizationView manager(Sql sql, Caller caller, String organization) {
        OrganizationView view = Organizations.view(sql, caller, organization);
        view.grants().require(OrganizationPermission.CAN_CREATE_MODULE);
        return view;
    }

    private static boolean manages(Grants<OrganizationPermission> grants) {
        return grants.has(OrganizationPermission.CAN_CREATE_MODULE);
    }

    private static List<RegistryModule> withVersions(Sql sql, List<RegistryModule> modules) {
        Map<RegistryModuleId, List<RegistryModuleVersion>> versions = sql
                .list(
                        "registry_module_version.of_modules",
                        RegistryModules::version,
                        "ids",
                        modules.stream().map(RegistryModule::id).toList())
                .stream()
                .collect(Collectors.groupingBy(RegistryModuleVersion::module));
        Function<RegistryModule, List<RegistryModuleVersion>> of =
                module -> versions.getOrDefault(module.id(), List.of());
        return modules.stream().map(module -> module.with(of.apply(module))).toList();
    }

    static RegistryModuleVersion version(Row row) {
        return new RegistryModuleVersion(
                new RegistryModuleVersionId(row.text("id")),
                new RegistryModuleId(row.text("registry_module_id")),
                new ModuleVersion(row.text("version")),
                row.optionalText("commit_sha"),
                row.text("source"),
                row.text("status"),
                row.optionalText("error"),
                row.instant("created_at"),
                row.instant("updated_at"));
    }

    private static RegistryModule module(Row row) {
        return new RegistryModule(
                new RegistryModuleId(row.text("id")),
                new OrganizationId(row.text("organization_id")),
                row.text("organization_name"),
                new ModuleAddress(row.optionalText("public_namespace"), row.text("name"), row.text("provider")),
                row.flag("no_code"),
                row.instant("created_at"),
                row.instant("updated_at"),
                List.of());
    }
}
