package io.otfd.api.registrymodule;

import static io.otfd.api.Operation.creates;
import static io.otfd.api.Operation.shows;
import static io.otfd.api.Schema.TEXT;
import static io.otfd.api.Schema.TIME;

import io.otfd.Refusal;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Patch;
import io.otfd.api.RequestSource;
import io.otfd.api.Resource;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.api.Schema;
import io.otfd.api.SignedUrls;
import io.otfd.api.SignedUrls.Use;
import io.otfd.api.configuration.ConfigurationVersionResource;
import io.otfd.configuration.ConfigurationVersion;
import io.otfd.registrymodule.ModuleAddress;
import io.otfd.registrymodule.RegistryModuleVersion;
import io.otfd.registrymodule.RegistryModuleVersions;
import io.otfd.registrymodule.RegistryModuleView;
import io.otfd.registrymodule.RegistryModules;
import java.time.Duration;
import java.util.Optional;

/** Versions of modules (cloud-docs/api-docs/private-registry/modules), and configurations that test a module. */
public final class RegistryModuleVersionEndpoints {

    private static final Schema SCHEMA = Schema.of("registry-module-versions")
            .writable(TEXT, "version")
            .writable(TEXT.orNull(), "commit-sha")
            .readOnly(TEXT, "source", "status")
            .readOnly(TIME, "created-at", "updated-at")
            .one("registry-module", "registry-modules");

    private static final Duration UPLOAD = Duration.ofHours(1);

    private final RegistryModules modules;
    private final RegistryModuleVersions versions;
    private final SignedUrls urls;

    public RegistryModuleVersionEndpoints(RegistryModules modules, RegistryModuleVersions versions, SignedUrls urls) {
        this.modules = modules;
        this.versions = versions;
        this.urls = urls;
    }

    public void register(RouteTable routes) {
        routes.family(RegistryModuleVersionEndpoints.class, Route.Audience.TOKEN)
                .post(
                        RegistryModuleEndpoints.ONE + "/versions",
                        call -> create(call, RegistryModuleEndpoints.address(call)),
                        creates(SCHEMA))
                .get(
                        RegistryModuleEndpoints.ONE + "/version",
                        this::read,
                        shows(SCHEMA).query("module_version"))
                .post(
                        "/api/v2/registry-modules/{organization}/{name}/{provider}/versions",
                        call -> create(call, ModuleAddress.own(call.path("name"), call.path("provider"))),
                        creates(SCHEMA))
                .post(
                        "/api/v2/organizations/{organization}/tests/registry-modules/{registry}/{namespace}/{name}/{provider}"
                                + "/test-runs/configuration-versions",
                        this::createConfiguration,
                        creates(ConfigurationVersionResource.SCHEMA).bodyIsOptional());
    }

    private Answer create(Call call, ModuleAddress address) {
        Patch patch = call.patch();
        RegistryModuleVersion version = versions.create(
                call.caller(),
                call.path("organization"),
                address,
                new RegistryModuleVersions.Options(
                        patch.requiredText("version"), patch.optionalText("commit-sha"), RequestSource.of(call)));
        return JsonApi.created(of(version).link("upload", uploadUrl(call, version)));
    }

    /** With the link to upload while it has no archive, for those who may. */
    private Answer read(Call call) {
        RegistryModuleView view =
                modules.read(call.caller(), call.path("organization"), RegistryModuleEndpoints.address(call));
        RegistryModuleVersion version = call.query("module_version")
                .flatMap(wanted -> view.module().version(RegistryModuleEndpoints.version(wanted)))
                .orElseThrow(Refusal.NotFound::new);
        Resource resource = of(version);
        return JsonApi.resource(
                view.canManage() && !version.isPublished()
                        ? resource.link("upload", uploadUrl(call, version))
                        : resource);
    }

    private String uploadUrl(Call call, RegistryModuleVersion version) {
        return call.baseUrl()
                + urls.signObject(Use.WRITE_REGISTRY_MODULE, version.id().value(), UPLOAD);
    }

    private Answer createConfiguration(Call call) {
        ConfigurationVersion configuration = modules.createConfiguration(
                call.caller(),
                call.path("organization"),
                RegistryModuleEndpoints.address(call),
                RequestSource.of(call));
        String url = urls.sign(call, Use.WRITE_CONFIGURATION, configuration.id().value(), UPLOAD);
        return JsonApi.created(ConfigurationVersionResource.of(configuration, Optional.of(url)));
    }

    private static Resource of(RegistryModuleVersion version) {
        return new Resource(SCHEMA, version.id().value())
                .attribute("version", version.version().text())
                .attribute("commit-sha", version.commitSha())
                .attribute("source", version.source())
                .attribute("status", version.status())
                .attribute("created-at", version.createdAt())
                .attribute("updated-at", version.updatedAt())
                .toOne("registry-module", "registry-modules", version.module().value());
    }
}
