package io.otfd.ui.registrymodule;

import io.otfd.Ids.RegistryModuleId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.OrganizationPermission;
import io.otfd.blob.Spool;
import io.otfd.organization.OrganizationView;
import io.otfd.organization.Organizations;
import io.otfd.registrymodule.ModuleAddress;
import io.otfd.registrymodule.RegistryModule;
import io.otfd.registrymodule.RegistryModuleVersion;
import io.otfd.registrymodule.RegistryModuleVersions;
import io.otfd.registrymodule.RegistryModuleView;
import io.otfd.registrymodule.RegistryModules;
import io.otfd.ui.Badge;
import io.otfd.ui.ConfirmPage;
import io.otfd.ui.Crumb;
import io.otfd.ui.Fact;
import io.otfd.ui.Filled;
import io.otfd.ui.Frames;
import io.otfd.ui.Links;
import io.otfd.ui.MenuItem;
import io.otfd.ui.Moment;
import io.otfd.ui.Paging;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.Services;
import io.otfd.ui.Visit;
import io.otfd.ui.markdown.Markdown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Modules of an organization: what there is, how it is used, and publishing. */
public final class RegistryModulePages {

    private static final String MODULES = "/app/{organization}/registry";
    private static final String MODULE = MODULES + "/{module}";
    private static final String VERSION = MODULE + "/versions/{version}";

    /** As by API. */
    private static final long MAX_ARCHIVE = 512L << 20;

    private final Frames frames;
    private final Organizations organizations;
    private final RegistryModules modules;
    private final RegistryModuleVersions versions;

    public RegistryModulePages(Frames frames, Services services) {
        this.frames = frames;
        this.organizations = services.organizations();
        this.modules = services.registryModules();
        this.versions = services.registryModuleVersions();
    }

    public void register(Routes routes) {
        routes.get(MODULES, visit -> list(visit, 200, Filled.EMPTY));
        routes.postFile(MODULES, MAX_ARCHIVE, this::requireManager, this::publish);
        routes.get(MODULE, visit -> page(visit, read(visit), 200, Filled.EMPTY));
        routes.postFile(MODULE, MAX_ARCHIVE, this::requireManager, this::publishVersion);
        routes.get(MODULE + "/delete", this::askToDelete);
        routes.post(MODULE + "/delete", this::delete);
        routes.get(VERSION + "/delete", this::askToDeleteVersion);
        routes.post(VERSION + "/delete", this::deleteVersion);
    }

    private OrganizationView owner(Visit visit) {
        return organizations.read(visit.caller(), visit.path("organization"));
    }

    private void requireManager(Visit visit) {
        owner(visit).grants().require(OrganizationPermission.CAN_CREATE_MODULE);
    }

    private RegistryModuleView read(Visit visit) {
        RegistryModuleView view = modules.read(visit.caller(), new RegistryModuleId(visit.path("module")));
        if (!view.module().organizationName().equals(visit.path("organization"))) {
            throw new Refusal.NotFound();
        }
        return view;
    }

    private RegistryModule readManaged(Visit visit) {
        RegistryModuleView view = read(visit);
        if (!view.canManage()) {
            throw new Refusal.NotFound();
        }
        return view.module();
    }

    private static String url(RegistryModule module) {
        return Links.registryModule(module.organizationName(), module.id().value());
    }

    private Reply list(Visit visit, int status, Filled form) {
        OrganizationView owner = owner(visit);
        String organization = owner.organization().name();
        Optional<String> search = visit.query().first("search");
        Page<RegistryModuleView> page = modules.list(
                visit.caller(), organization, RegistryModules.Filter.by(search), Paging.request(visit.query()));
        String url = Links.registry(organization);
        String text = search.orElse("");
        return new Reply.Html(
                status,
                "registrymodule/list",
                new RegistryModuleListPage(
                        frames.of(visit, "Registry", owner, MenuItem.REGISTRY),
                        url,
                        text,
                        page.map(view -> row(view.module())).items(),
                        Paging.of(page, url, Map.of("search", text)),
                        owner.grants().has(OrganizationPermission.CAN_CREATE_MODULE)
                                ? Optional.of(form)
                                : Optional.empty()));
    }

    private static RegistryModuleListPage.Row row(RegistryModule module) {
        return new RegistryModuleListPage.Row(
                module.address().name(),
                url(module),
                namespace(module),
                module.address().provider(),
                module.latest()
                        .map(latest -> new Badge(latest.version().text(), Badge.Tone.GOOD))
                        .orElseGet(() -> status(module)),
                Moment.of(module.versions().stream()
                        .map(RegistryModuleVersion::updatedAt)
                        .max(java.util.Comparator.naturalOrder())
                        .orElse(module.updatedAt())));
    }

    private static Badge status(RegistryModule module) {
        if (module.address().isPublic()) {
            return new Badge("public", Badge.Tone.QUIET);
        }
        return module.status().equals("setup_failed")
                ? new Badge("refused", Badge.Tone.BAD)
                : new Badge("no version", Badge.Tone.QUIET);
    }

    private static String namespace(RegistryModule module) {
        return module.address().publicNamespace().orElse(module.organizationName());
    }

    private Reply page(Visit visit, RegistryModuleView view, int status, Filled form) {
        RegistryModule module = view.module();
        Optional<RegistryModuleVersion> shown = shown(visit, module);
        boolean publishes = view.canManage() && !module.address().isPublic();
        String url = url(module);
        return new Reply.Html(
                status,
                "registrymodule/show",
                new RegistryModulePage(
                        frames.of(
                                visit,
                                module.address().name(),
                                owner(visit),
                                MenuItem.REGISTRY,
                                new Crumb("Registry", Links.registry(module.organizationName()))),
                        module.address().name(),
                        facts(module, shown),
                        ModuleSource.of(visit.host(), module, shown),
                        module.address().isPublic() ? Optional.empty() : ModuleSource.hint(visit.host()),
                        module.versions().stream()
                                .map(version -> row(url, version, shown, view.canManage()))
                                .toList(),
                        url,
                        module.address().provider(),
                        publishes ? Optional.of(form) : Optional.empty(),
                        view.canManage() ? Optional.of(url + "/delete") : Optional.empty(),
                        shown.map(version -> version.version().text()),
                        shown.flatMap(modules::readme).map(Markdown::render)));
    }

    private static Optional<RegistryModuleVersion> shown(Visit visit, RegistryModule module) {
        Optional<String> wanted = visit.query().first("version");
        return wanted.isEmpty()
                ? module.latest()
                : Optional.of(module.version(wanted.get())
                        .filter(RegistryModuleVersion::isPublished)
                        .orElseThrow(Refusal.NotFound::new));
    }

    private static List<Fact> facts(RegistryModule module, Optional<RegistryModuleVersion> shown) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Namespace", namespace(module)));
        facts.add(new Fact("Provider", module.address().provider()));
        facts.add(new Fact(
                "Version", shown.map(version -> version.version().text()).orElse("none")));
        shown.ifPresent(version ->
                facts.add(new Fact("Published", Moment.of(version.updatedAt()).text())));
        facts.add(new Fact("Id", module.id().value()));
        return facts;
    }

    private static RegistryModulePage.Row row(
            String url, RegistryModuleVersion version, Optional<RegistryModuleVersion> shown, boolean canManage) {
        String number = version.version().text();
        return new RegistryModulePage.Row(
                number,
                version.isPublished() ? url + "?version=" + Links.encode(number) : "",
                shown.map(RegistryModuleVersion::id).equals(Optional.of(version.id())),
                badge(version),
                version.error().orElse(""),
                version.commitSha()
                        .map(sha -> sha.substring(0, Math.min(8, sha.length())))
                        .orElse(""),
                Moment.of(version.createdAt()),
                canManage ? Optional.of(url + "/versions/" + Links.encode(number) + "/delete") : Optional.empty());
    }

    private static Badge badge(RegistryModuleVersion version) {
        return switch (version.status()) {
            case "ok" -> new Badge("published", Badge.Tone.GOOD);
            case "pending" -> new Badge("waits for its archive", Badge.Tone.QUIET);
            default -> new Badge("refused", Badge.Tone.BAD);
        };
    }

    /** A module that is there already gets one version more. */
    private Reply publish(Visit visit, Spool archive) {
        ModuleAddress address = ModuleAddress.own(
                visit.form().first("name").orElse(""),
                visit.form().first("provider").orElse(""));
        try {
            return published(visit, address, archive);
        } catch (Refusal.Invalid e) {
            return list(visit, 422, Filled.refused(visit.form(), e));
        }
    }

    private Reply publishVersion(Visit visit, Spool archive) {
        RegistryModuleView view = read(visit);
        try {
            return published(visit, view.module().address(), archive);
        } catch (Refusal.Invalid e) {
            return page(visit, view, 422, Filled.refused(visit.form(), e));
        }
    }

    private Reply published(Visit visit, ModuleAddress address, Spool archive) {
        RegistryModuleVersion version = versions.publish(
                visit.caller(),
                visit.path("organization"),
                address,
                new RegistryModuleVersions.Options(
                        visit.form().first("version").orElse(""), visit.form().first("commit-sha"), "tfe-ui"),
                archive);
        return Reply.Redirect.to(Links.registryModule(
                        visit.path("organization"), version.module().value()))
                .saying("Version " + version.version().text() + " of " + address.name() + " is published.");
    }

    private Reply askToDelete(Visit visit) {
        RegistryModule module = readManaged(visit);
        return Reply.Html.of(
                "confirm",
                confirmation(
                        visit,
                        module,
                        "Delete module " + module.address().name(),
                        url(module) + "/delete",
                        "Delete module",
                        "All its versions go with it: configurations that use it find it no longer.",
                        "This cannot be undone."));
    }

    private Reply delete(Visit visit) {
        RegistryModule module = readManaged(visit);
        ModuleAddress address = module.address();
        modules.delete(
                visit.caller(),
                module.organizationName(),
                new RegistryModules.Named(
                        address.publicNamespace(), false, address.name(), Optional.of(address.provider())));
        return Reply.Redirect.to(Links.registry(module.organizationName()))
                .saying("Module " + address.name() + " was deleted.");
    }

    private Reply askToDeleteVersion(Visit visit) {
        RegistryModule module = readManaged(visit);
        String number = version(visit, module).version().text();
        return Reply.Html.of(
                "confirm",
                confirmation(
                        visit,
                        module,
                        "Delete version " + number,
                        url(module) + "/versions/" + Links.encode(number) + "/delete",
                        "Delete version",
                        "Configurations that use this version find it no longer. This cannot be undone.",
                        module.versions().size() == 1 ? "It is the last one: the module goes with it." : ""));
    }

    private Reply deleteVersion(Visit visit) {
        RegistryModule module = readManaged(visit);
        String number = version(visit, module).version().text();
        modules.deleteVersion(visit.caller(), module.organizationName(), module.address(), number);
        return Reply.Redirect.to(
                        module.versions().size() == 1 ? Links.registry(module.organizationName()) : url(module))
                .saying("Version " + number + " of " + module.address().name() + " was deleted.");
    }

    private static RegistryModuleVersion version(Visit visit, RegistryModule module) {
        return module.version(visit.path("version")).orElseThrow(Refusal.NotFound::new);
    }

    private ConfirmPage confirmation(
            Visit visit, RegistryModule module, String title, String url, String button, String... consequences) {
        return ConfirmPage.of(
                frames.of(
                        visit,
                        title,
                        owner(visit),
                        MenuItem.REGISTRY,
                        new Crumb("Registry", Links.registry(module.organizationName())),
                        new Crumb(module.address().name(), url(module))),
                url,
                button,
                url(module),
                java.util.Arrays.stream(consequences)
                        .filter(consequence -> !consequence.isEmpty())
                        .toArray(String[]::new));
    }
}
