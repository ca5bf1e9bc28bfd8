package io.otfd.api.registrymodule;

import static io.otfd.api.Operation.json;
import static io.otfd.api.Operation.noContent;

import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.api.SignedUrls;
import io.otfd.api.SignedUrls.Use;
import io.otfd.registrymodule.ModuleAddress;
import io.otfd.registrymodule.RegistryModule;
import io.otfd.registrymodule.RegistryModuleVersion;
import io.otfd.registrymodule.RegistryModuleView;
import io.otfd.registrymodule.RegistryModules;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code terraform init} asks for modules (developer.hashicorp.com/terraform/internals/module-registry-protocol), and
 * the lists that are documented beside it (developer.hashicorp.com/terraform/registry/api-docs). The namespace is the
 * organization.
 */
public final class ModuleRegistryEndpoints {

    /** {@code modules.v1} of the discovery document. */
    public static final String PATH = "/api/registry/v1/modules/";

    private static final String NAMESPACE = PATH + "{namespace}";
    private static final String NAME = NAMESPACE + "/{name}";
    private static final String MODULE = NAME + "/{provider}";
    private static final String VERSION = MODULE + "/{version}";

    /** For the moment between two requests of one command. */
    private static final Duration DOWNLOAD = Duration.ofMinutes(10);

    private final RegistryModules modules;
    private final SignedUrls urls;

    public ModuleRegistryEndpoints(RegistryModules modules, SignedUrls urls) {
        this.modules = modules;
        this.urls = urls;
    }

    public void register(RouteTable routes) {
        routes.family(ModuleRegistryEndpoints.class, Route.Audience.TOKEN)
                .get(MODULE + "/versions", this::versions, json())
                .get(VERSION + "/download", this::download, noContent())
                .get(NAMESPACE, this::list, json().query("q", "provider", "offset", "limit"))
                .get(NAME, this::list, json().query("q", "provider", "offset", "limit"))
                .get(MODULE, call -> describe(module(call), Optional.empty()), json())
                .get(VERSION, call -> describe(module(call), Optional.of(version(call))), json());
    }

    private RegistryModule module(Call call) {
        return modules.read(
                        call.caller(),
                        call.path("namespace"),
                        ModuleAddress.own(call.path("name"), call.path("provider")))
                .module();
    }

    private Answer versions(Call call) {
        RegistryModule module = module(call);
        return Answer.json(Map.of(
                "modules",
                List.of(Map.of(
                        "source",
                        source(module),
                        "versions",
                        module.published().stream()
                                .map(version ->
                                        Map.of("version", version.version().text()))
                                .toList()))));
    }

    /** Relative, so that it holds behind any proxy; the query tells Terraform to unpack what it gets. */
    private Answer download(Call call) {
        RegistryModuleVersion version = version(call);
        return Answer.noContent()
                .with(
                        "X-Terraform-Get",
                        urls.signObject(Use.READ_REGISTRY_MODULE, version.id().value(), DOWNLOAD) + "?archive=tar.gz");
    }

    private RegistryModuleVersion version(Call call) {
        return module(call)
                .version(RegistryModuleEndpoints.version(call.path("version")))
                .filter(RegistryModuleVersion::isPublished)
                .orElseThrow(Refusal.NotFound::new);
    }

    /** Newest versions, one a module. */
    private Answer list(Call call) {
        int limit = Math.clamp(call.queryInteger("limit", 20), 1, Page.Request.MAX_SIZE);
        int offset = Math.max(0, call.queryInteger("offset", 0)) / limit * limit;
        Page<RegistryModuleView> page = modules.list(
                call.caller(),
                call.path("namespace"),
                new RegistryModules.Filter(
                        call.query("q"), call.pathOptional("name"), call.query("provider"), Optional.of(false)),
                new Page.Request(offset / limit + 1, limit));
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("limit", limit);
        meta.put("current_offset", offset);
        if (offset + limit < page.totalCount()) {
            meta.put("next_offset", offset + limit);
        }
        return Answer.json(Map.of(
                "meta",
                meta,
                "modules",
                page.items().stream()
                        .map(RegistryModuleView::module)
                        .flatMap(module -> module.latest().map(latest -> summary(module, latest)).stream())
                        .toList()));
    }

    private Answer describe(RegistryModule module, Optional<RegistryModuleVersion> wanted) {
        RegistryModuleVersion version = wanted.or(module::latest).orElseThrow(Refusal.NotFound::new);
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("path", "");
        root.put("name", module.address().name());
        root.put("readme", modules.readme(version).orElse(""));
        Map<String, Object> described = summary(module, version);
        described.put("root", root);
        described.put(
                "versions",
                module.published().stream()
                        .map(published -> published.version().text())
                        .toList());
        return Answer.json(described);
    }

    private static Map<String, Object> summary(RegistryModule module, RegistryModuleVersion version) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("id", source(module) + "/" + version.version().text());
        summary.put("owner", "");
        summary.put("namespace", module.organizationName());
        summary.put("name", module.address().name());
        summary.put("version", version.version().text());
        summary.put("provider", module.address().provider());
        summary.put("description", "");
        summary.put("source", "");
        summary.put("published_at", version.updatedAt());
        summary.put("downloads", 0);
        summary.put("verified", false);
        return summary;
    }

    private static String source(RegistryModule module) {
        return module.organizationName() + "/" + module.address().name() + "/"
                + module.address().provider();
    }
}
