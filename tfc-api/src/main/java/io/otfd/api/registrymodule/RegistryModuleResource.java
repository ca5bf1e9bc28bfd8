package io.otfd.api.registrymodule;

import static io.otfd.api.Schema.FLAG;
import static io.otfd.api.Schema.FLAGS;
import static io.otfd.api.Schema.OBJECT;
import static io.otfd.api.Schema.OBJECTS;
import static io.otfd.api.Schema.TEXT;
import static io.otfd.api.Schema.TIME;

import io.otfd.api.Resource;
import io.otfd.api.Schema;
import io.otfd.registrymodule.ModuleAddress;
import io.otfd.registrymodule.RegistryModule;
import io.otfd.registrymodule.RegistryModuleVersion;
import io.otfd.registrymodule.RegistryModuleView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The {@code registry-modules} document (cloud-docs/api-docs/private-registry/modules). */
public final class RegistryModuleResource {

    static final Schema SCHEMA = Schema.of("registry-modules")
            .writable(TEXT, "name", "provider", "registry-name", "namespace")
            .writable(FLAG, "no-code")
            .readOnly(TEXT, "status", "publishing-mechanism")
            .readOnly(OBJECTS, "version-statuses")
            .readOnly(OBJECT.orNull(), "vcs-repo", "test-config")
            .readOnly(FLAGS, "permissions")
            .readOnly(TIME, "created-at", "updated-at")
            .one("organization", "organizations")
            .many("no-code-modules", "no-code-modules")
            .writeOnly(Schema.Reach.RESOURCES, "tag-bindings", "tag-bindings");

    private RegistryModuleResource() {}

    static Resource of(RegistryModuleView view) {
        RegistryModule module = view.module();
        ModuleAddress address = module.address();
        Map<String, Object> permissions = new TreeMap<>();
        List.of("can-delete", "can-resync", "can-retry").forEach(name -> permissions.put(name, view.canManage()));
        return new Resource(SCHEMA, module.id().value())
                .attribute("name", address.name())
                .attribute("namespace", namespace(module))
                .attribute("provider", address.provider())
                .attribute("registry-name", address.registryName())
                .attribute("status", module.status())
                .attribute("publishing-mechanism", "non_vcs")
                .attribute("no-code", module.noCode())
                .attribute(
                        "version-statuses",
                        module.versions().stream()
                                .map(RegistryModuleResource::status)
                                .toList())
                .attribute("vcs-repo", null)
                .attribute("test-config", null)
                .attribute("permissions", permissions)
                .attribute("created-at", module.createdAt())
                .attribute("updated-at", module.updatedAt())
                .toOne("organization", "organizations", module.organizationName())
                .toManyIds(
                        "no-code-modules", "no-code-modules", module.noCode() ? List.of(noCodeId(module)) : List.of())
                .link("self", path(module));
    }

    private static Map<String, Object> status(RegistryModuleVersion version) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("version", version.version().text());
        status.put("status", version.status());
        version.error().ifPresent(error -> status.put("error", error));
        return status;
    }

    /** Of the mark alone: nothing can be asked of it. */
    private static String noCodeId(RegistryModule module) {
        return module.id().value().replaceFirst("^mod-", "nocode-");
    }

    static String namespace(RegistryModule module) {
        return module.address().publicNamespace().orElse(module.organizationName());
    }

    static String path(RegistryModule module) {
        ModuleAddress address = module.address();
        return "/api/v2/organizations/" + module.organizationName() + "/registry-modules/" + address.registryName()
                + "/" + namespace(module) + "/" + address.name() + "/" + address.provider();
    }
}
