package io.otfd.api.configuration;

import static io.otfd.api.Operation.answers;
import static io.otfd.api.Operation.bytes;
import static io.otfd.api.Operation.creates;
import static io.otfd.api.Operation.pages;
import static io.otfd.api.Operation.shows;
import static io.otfd.api.configuration.ConfigurationVersionResource.SCHEMA;

import io.otfd.Ids.ConfigurationVersionId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Patch;
import io.otfd.api.RequestSource;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.api.SignedUrls;
import io.otfd.api.SignedUrls.Use;
import io.otfd.blob.Blobs;
import io.otfd.configuration.ConfigurationVersion;
import io.otfd.configuration.ConfigurationVersions;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;

/** cloud-docs/api-docs/configuration-versions. */
public final class ConfigurationVersionEndpoints {

    private static final Duration UPLOAD = Duration.ofHours(1);

    private final ConfigurationVersions versions;
    private final Blobs blobs;
    private final SignedUrls urls;

    public ConfigurationVersionEndpoints(ConfigurationVersions versions, Blobs blobs, SignedUrls urls) {
        this.versions = versions;
        this.blobs = blobs;
        this.urls = urls;
    }

    public void register(RouteTable routes) {
        routes.family(ConfigurationVersionEndpoints.class, Route.Audience.TOKEN)
                .get("/api/v2/workspaces/{workspace}/configuration-versions", this::list, pages(SCHEMA))
                .post(
                        "/api/v2/workspaces/{workspace}/configuration-versions",
                        this::create,
                        creates(SCHEMA).bodyIsOptional())
                .get("/api/v2/configuration-versions/{id}", this::read, shows(SCHEMA))
                .get("/api/v2/configuration-versions/{id}/download", this::download, bytes("application/gzip"))
                .post(
                        "/api/v2/configuration-versions/{id}/actions/archive",
                        call -> change(call, 202, versions::archive),
                        answers(202))
                .post(
                        "/api/v2/configuration-versions/{id}/actions/soft_delete_backing_data",
                        call -> change(call, 200, versions::softDelete),
                        answers(200))
                .post(
                        "/api/v2/configuration-versions/{id}/actions/restore_backing_data",
                        call -> change(call, 200, versions::restore),
                        answers(200))
                .post(
                        "/api/v2/configuration-versions/{id}/actions/permanently_delete_backing_data",
                        call -> change(call, 200, versions::deletePermanently),
                        answers(200));
    }

    private Answer list(Call call) {
        return JsonApi.page(
                call,
                versions.list(call.caller(), workspace(call), call.page()),
                version -> ConfigurationVersionResource.of(version, Optional.empty()));
    }

    private Answer create(Call call) {
        // A body is optional: every attribute has a default.
        byte[] body = call.body();
        Patch patch = body.length == 0 ? Patch.empty() : Patch.of(body);
        ConfigurationVersion version = versions.create(
                call.caller(),
                workspace(call),
                new ConfigurationVersions.Options(
                        RequestSource.of(call),
                        patch.flag("auto-queue-runs", true),
                        patch.flag("speculative", false),
                        patch.flag("provisional", false)));
        String url = urls.sign(call, Use.WRITE_CONFIGURATION, version.id().value(), UPLOAD);
        return JsonApi.created(ConfigurationVersionResource.of(version, Optional.of(url)));
    }

    private Answer read(Call call) {
        return JsonApi.resource(
                ConfigurationVersionResource.of(versions.read(call.caller(), id(call)), Optional.empty()));
    }

    private Answer download(Call call) {
        ConfigurationVersion version = versions.read(call.caller(), id(call));
        if (!version.isUploaded()) {
            throw new Refusal.NotFound();
        }
        Blobs.Blob blob = blobs.find(version.blobKey()).orElseThrow(Refusal.NotFound::new);
        return Answer.stream("application/gzip", blob.size(), out -> blobs.copy(blob, out));
    }

    private static Answer change(Call call, int status, BiConsumer<Caller, ConfigurationVersionId> action) {
        action.accept(call.caller(), id(call));
        return Answer.empty(status);
    }

    private static WorkspaceId workspace(Call call) {
        return new WorkspaceId(call.path("workspace"));
    }

    private static ConfigurationVersionId id(Call call) {
        return new ConfigurationVersionId(call.path("id"));
    }
}
