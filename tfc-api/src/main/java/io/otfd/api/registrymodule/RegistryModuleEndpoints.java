package io.otfd.api.registrymodule;

import static io.otfd.api.Operation.creates;
import static io.otfd.api.Operation.lists;
import static io.otfd.api.Operation.noContent;
import static io.otfd.api.Operation.pages;
import static io.otfd.api.Operation.shows;
import static io.otfd.api.Operation.updates;
import static io.otfd.api.registrymodule.RegistryModuleResource.SCHEMA;

import io.otfd.Ids.RegistryModuleId;
import io.otfd.Refusal;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Patch;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.api.tagbinding.TagBindingResource;
import io.otfd.registrymodule.ModuleAddress;
import io.otfd.registrymodule.RegistryModules;
import java.util.Optional;

/** Modules of an organization's registry (cloud-docs/api-docs/private-registry/modules). */
public final class RegistryModuleEndpoints {

    static final String ALL = "/api/v2/organizations/{organization}/registry-modules";
    static final String NAMED = ALL + "/{registry}/{namespace}/{name}";
    static final String ONE = NAMED + "/{provider}";

    /** Deprecated, and what go-tfe deletes by. */
    private static final String DELETE = "/api/v2/registry-modules/actions/delete/{organization}/{name}";

    private final RegistryModules modules;

    public RegistryModuleEndpoints(RegistryModules modules) {
        this.modules = modules;
    }

    public void register(RouteTable routes) {
        routes.family(RegistryModuleEndpoints.class, Route.Audience.TOKEN)
                .get(
                        ALL,
                        this::list,
                        pages(SCHEMA)
                                .query("q", "filter[provider]", "filter[registry_name]", "filter[organization_name]")
                                .include("no_code_modules"))
                .post(ALL, this::create, creates(SCHEMA))
                .get(ONE, this::read, shows(SCHEMA))
                .patch(ONE, this::update, updates(SCHEMA))
                .delete(NAMED, this::delete, noContent())
                .delete(ONE, this::delete, noContent())
                .delete(ONE + "/{version}", this::deleteVersion, noContent())
                .get("/api/v2/registry-modules/{id}", this::readById, shows(SCHEMA))
                .get("/api/v2/registry-modules/{id}/tag-bindings", this::tagBindings, lists(TagBindingResource.SCHEMA))
                .get("/api/v2/registry-modules/show/{organization}/{name}/{provider}", this::readOwn, shows(SCHEMA))
                .post(DELETE, this::deleteEither, noContent())
                .post(DELETE + "/{provider}", this::deleteEither, noContent())
                .post(DELETE + "/{provider}/{version}", this::deleteOwnVersion, noContent());
    }

    private Answer list(Call call) {
        call.include("no_code_modules");
        return JsonApi.page(
                call,
                modules.list(
                        call.caller(),
                        call.query("filter[organization_name]").orElse(call.path("organization")),
                        new RegistryModules.Filter(
                                call.query("q"),
                                Optional.empty(),
                                call.query("filter[provider]"),
                                call.query("filter[registry_name]").map(RegistryModuleEndpoints::isPublic)),
                        call.page()),
                RegistryModuleResource::of);
    }

    private Answer create(Call call) {
        Patch patch = call.patch();
        boolean isPublic = patch.optionalText("registry-name")
                .map(name -> switch (name) {
                    case "public" -> true;
                    case "private" -> false;
                    default -> throw Refusal.Invalid.attribute("registry-name", "must be private or public");
                })
                .orElse(false);
        Optional<String> namespace = patch.optionalText("namespace");
        if (isPublic && namespace.isEmpty()) {
            throw Refusal.Invalid.attribute("namespace", "can't be blank");
        }
        if (!isPublic
                && namespace
                        .filter(given -> !given.equals(call.path("organization")))
                        .isPresent()) {
            throw Refusal.Invalid.attribute("namespace", "of a private module is the organization");
        }
        return JsonApi.created(RegistryModuleResource.of(modules.create(
                call.caller(),
                call.path("organization"),
                new ModuleAddress(
                        isPublic ? namespace : Optional.empty(),
                        patch.requiredText("name"),
                        patch.requiredText("provider")),
                patch.flag("no-code", false))));
    }

    private Answer read(Call call) {
        return JsonApi.resource(
                RegistryModuleResource.of(modules.read(call.caller(), call.path("organization"), address(call))));
    }

    private Answer readOwn(Call call) {
        ModuleAddress address = ModuleAddress.own(call.path("name"), call.path("provider"));
        return JsonApi.resource(
                RegistryModuleResource.of(modules.read(call.caller(), call.path("organization"), address)));
    }

    private Answer readById(Call call) {
        return JsonApi.resource(
                RegistryModuleResource.of(modules.read(call.caller(), new RegistryModuleId(call.path("id")))));
    }

    private Answer update(Call call) {
        Patch patch = call.patch();
        return JsonApi.resource(RegistryModuleResource.of(modules.update(
                call.caller(),
                call.path("organization"),
                address(call),
                patch.optionalFlag("no-code"),
                TagBindingResource.wanted(patch))));
    }

    private Answer tagBindings(Call call) {
        return JsonApi.list(
                TagBindingResource.list(modules.tagBindings(call.caller(), new RegistryModuleId(call.path("id")))));
    }

    private Answer delete(Call call) {
        modules.delete(
                call.caller(),
                call.path("organization"),
                new RegistryModules.Named(
                        publicNamespace(call), false, call.path("name"), call.pathOptional("provider")));
        return Answer.noContent();
    }

    /** It knows names alone, those of the public registry's entries too (observed: go-tfe's suite). */
    private Answer deleteEither(Call call) {
        modules.delete(
                call.caller(),
                call.path("organization"),
                new RegistryModules.Named(Optional.empty(), true, call.path("name"), call.pathOptional("provider")));
        return Answer.noContent();
    }

    private Answer deleteVersion(Call call) {
        modules.deleteVersion(call.caller(), call.path("organization"), address(call), version(call.path("version")));
        return Answer.noContent();
    }

    private Answer deleteOwnVersion(Call call) {
        modules.deleteVersion(
                call.caller(),
                call.path("organization"),
                ModuleAddress.own(call.path("name"), call.path("provider")),
                version(call.path("version")));
        return Answer.noContent();
    }

    /** A plus that was not escaped has become a space on its way; versions have none. */
    static String version(String sent) {
        return sent.replace(' ', '+');
    }

    static ModuleAddress address(Call call) {
        return new ModuleAddress(publicNamespace(call), call.path("name"), call.path("provider"));
    }

    private static Optional<String> publicNamespace(Call call) {
        if (isPublic(call.path("registry"))) {
            return Optional.of(call.path("namespace"));
        }
        if (!call.path("namespace").equals(call.path("organization"))) {
            throw new Refusal.NotFound();
        }
        return Optional.empty();
    }

    private static boolean isPublic(String registry) {
        return switch (registry) {
            case "public" -> true;
            case "private" -> false;
            default -> throw new Refusal.NotFound();
        };
    }
}
