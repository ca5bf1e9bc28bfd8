package io.otfd.api.state;

import static io.otfd.api.Operation.bytes;
import static io.otfd.api.Operation.creates;
import static io.otfd.api.Operation.lists;
import static io.otfd.api.Operation.noContent;
import static io.otfd.api.Operation.pages;
import static io.otfd.api.Operation.shows;
import static io.otfd.api.Operation.updates;
import static io.otfd.api.state.StateVersionResource.OUTPUTS;
import static io.otfd.api.state.StateVersionResource.SCHEMA;

import io.otfd.Ids.RunId;
import io.otfd.Ids.StateVersionId;
import io.otfd.Ids.StateVersionOutputId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Patch;
import io.otfd.api.Resource;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.blob.Blobs;
import io.otfd.blob.Spool;
import io.otfd.state.BackingData;
import io.otfd.state.StateVersion;
import io.otfd.state.StateVersions;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** cloud-docs/api-docs/state-versions and state-version-outputs. */
public final class StateVersionEndpoints {

    /**
     * Seconds between two snapshots of a long apply. The engine uploads as often when we ask, so that little is lost when
     * it dies (observed: Terraform 1.11).
     */
    private static final String SNAPSHOT_INTERVAL = "30";

    private static final String[] INCLUDES = {
        "outputs", "created_by", "run", "run.created_by", "run.configuration_version"
    };

    private final StateVersions versions;
    private final StateVersionResource resources;
    private final BackingData data;
    private final Blobs blobs;

    public StateVersionEndpoints(
            StateVersions versions, StateVersionResource resources, BackingData data, Blobs blobs) {
        this.data = data;
        this.versions = versions;
        this.resources = resources;
        this.blobs = blobs;
    }

    public void register(RouteTable routes) {
        routes.family(StateVersionEndpoints.class, Route.Audience.TOKEN)
                .get(
                        "/api/v2/state-versions",
                        this::list,
                        pages(SCHEMA).query("filter[organization][name]", "filter[workspace][name]"))
                .get("/api/v2/workspaces/{workspace}/state-versions", this::list, pages(SCHEMA))
                .post("/api/v2/workspaces/{workspace}/state-versions", this::create, creates(SCHEMA))
                .patch("/api/v2/workspaces/{workspace}/state-versions", this::rollback, updates(SCHEMA))
                .get(
                        "/api/v2/workspaces/{workspace}/current-state-version",
                        this::current,
                        shows(SCHEMA).include(INCLUDES).beside(OUTPUTS))
                .get(
                        "/api/v2/workspaces/{workspace}/current-state-version-outputs",
                        this::currentOutputs,
                        lists(OUTPUTS))
                .get(
                        "/api/v2/state-versions/{id}",
                        this::read,
                        shows(SCHEMA).include(INCLUDES).beside(OUTPUTS))
                .get("/api/v2/state-versions/{id}/download", this::download, bytes("application/json"))
                .get("/api/v2/state-versions/{id}/outputs", this::outputs, pages(OUTPUTS))
                .post(
                        "/api/v2/state-versions/{id}/actions/soft_delete_backing_data",
                        call -> change(call, data::softDelete),
                        noContent())
                .post(
                        "/api/v2/state-versions/{id}/actions/restore_backing_data",
                        call -> change(call, data::restore),
                        noContent())
                .post(
                        "/api/v2/state-versions/{id}/actions/permanently_delete_backing_data",
                        call -> change(call, data::deletePermanently),
                        noContent())
                .get("/api/v2/state-version-outputs/{id}", this::output, shows(OUTPUTS));
    }

    private Answer list(Call call) {
        WorkspaceId workspace = call.pathOptional("workspace")
                .map(WorkspaceId::new)
                .orElseGet(() -> versions.workspace(
                        call.caller(),
                        call.query("filter[organization][name]").orElseThrow(Refusal.NotFound::new),
                        call.query("filter[workspace][name]").orElseThrow(Refusal.NotFound::new)));
        return JsonApi.page(
                call, versions.list(call.caller(), workspace, call.page()), version -> resources.of(call, version));
    }

    private Answer create(Call call) {
        Patch patch = call.patch();
        String md5 = patch.requiredText("md5").toLowerCase(Locale.ROOT);
        if (!md5.matches("[0-9a-f]{32}")) {
            throw Refusal.Invalid.attribute("md5", "must be 32 hexadecimal digits");
        }
        try (Base64Attribute state = Base64Attribute.of(patch, "state");
                Base64Attribute json = Base64Attribute.of(patch, "json-state")) {
            StateVersion version = versions.create(
                    call.caller(),
                    workspace(call),
                    new StateVersions.Upload(
                            patch.requiredInteger("serial"),
                            md5,
                            patch.optionalText("lineage").filter(text -> !text.isEmpty()),
                            patch.flag("force", false),
                            patch.reference("run").map(RunId::new),
                            state.spool(),
                            json.spool()));
            return JsonApi.created(resources.of(call, version))
                    .with("X-Terraform-Snapshot-Interval", SNAPSHOT_INTERVAL);
        }
    }

    /** An earlier state becomes the current one, as a new version (cloud-docs/api-docs/state-versions, Rollback). */
    private Answer rollback(Call call) {
        String name = "rollback-state-version";
        StateVersionId wanted = call.patch()
                .reference(name, StateVersionId::new)
                .orElseThrow(() -> Refusal.Invalid.relationship(name, "Rollback state version can't be blank"));
        if (!versions.read(call.caller(), wanted).workspace().equals(workspace(call))) {
            throw Refusal.Invalid.relationship(name, wanted.value() + " is no state of this workspace.");
        }
        return JsonApi.resource(resources.of(call, versions.rollback(call.caller(), wanted)));
    }

    /** Bytes that came inside the document. */
    private record Base64Attribute(Optional<Spool> spool) implements AutoCloseable {

        static Base64Attribute of(Patch patch, String name) {
            return new Base64Attribute(patch.optionalText(name).map(text -> {
                try {
                    return Spool.of(Base64.getDecoder().decode(text));
                } catch (IllegalArgumentException e) {
                    throw Refusal.Invalid.attribute(name, "must be base64");
                }
            }));
        }

        @Override
        public void close() {
            spool.ifPresent(Spool::close);
        }
    }

    private Answer current(Call call) {
        Set<String> include = call.include(INCLUDES);
        return document(call, versions.current(call.caller(), workspace(call)), include)
                .with("X-Terraform-Snapshot-Interval", SNAPSHOT_INTERVAL);
    }

    private Answer read(Call call) {
        Set<String> include = call.include(INCLUDES);
        return document(call, versions.read(call.caller(), id(call)), include);
    }

    private Answer document(Call call, StateVersion version, Set<String> include) {
        List<Resource> included = include.contains("outputs")
                ? versions.outputs(call.caller(), version.id()).stream()
                        .map(output -> StateVersionResource.output(output, false))
                        .toList()
                : List.of();
        return JsonApi.resource(200, resources.of(call, version), included);
    }

    private Answer download(Call call) {
        StateVersion version = versions.read(call.caller(), id(call));
        if (!version.isFinalized()) {
            throw new Refusal.NotFound();
        }
        Blobs.Blob blob = blobs.find(version.blobKey()).orElseThrow(Refusal.NotFound::new);
        return Answer.stream("application/json", blob.size(), out -> blobs.copy(blob, out));
    }

    private Answer currentOutputs(Call call) {
        return outputs(versions.currentOutputs(call.caller(), workspace(call)));
    }

    /** Sensitive values too (observed: go-tfe's suite); it takes the permission to read outputs. */
    private Answer outputs(Call call) {
        return JsonApi.page(
                call,
                versions.outputs(call.caller(), id(call), call.page()),
                output -> StateVersionResource.output(output, true));
    }

    private static Answer change(Call call, BiConsumer<Caller, StateVersionId> action) {
        action.accept(call.caller(), id(call));
        return Answer.noContent();
    }

    private static Answer outputs(List<StateVersion.Output> outputs) {
        return JsonApi.list(outputs.stream()
                .map(output -> StateVersionResource.output(output, false))
                .toList());
    }

    private Answer output(Call call) {
        return JsonApi.resource(StateVersionResource.output(
                versions.output(call.caller(), new StateVersionOutputId(call.path("id"))), true));
    }

    private static WorkspaceId workspace(Call call) {
        return new WorkspaceId(call.path("workspace"));
    }

    private static StateVersionId id(Call call) {
        return new StateVersionId(call.path("id"));
    }
}
