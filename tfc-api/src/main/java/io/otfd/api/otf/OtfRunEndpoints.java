package io.otfd.api.otf;

import static io.otfd.api.Operation.bytes;

import io.otfd.Ids.ConfigurationVersionId;
import io.otfd.Ids.RunId;
import io.otfd.Ids.SshKeyId;
import io.otfd.Ids.StateVersionId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Refusal;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Operation;
import io.otfd.api.Patch;
import io.otfd.api.Resource;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.blob.Blobs;
import io.otfd.blob.Spool;
import io.otfd.dispatch.StartedJobs;
import io.otfd.run.Runs;
import io.otfd.sshkey.SshKeys;
import io.otfd.state.StateVersion;
import io.otfd.state.StateVersions;
import io.otfd.variable.EngineVariables;
import io.otfd.workspace.Workspace;
import io.otfd.workspace.Workspaces;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an agent of OTF needs for a job, and the state that it leaves. */
public final class OtfRunEndpoints {

    private static final long MAX_STATE = 1L << 30;

    /** It holds the state as base64, which is a third longer. */
    private static final long MAX_STATE_DOCUMENT = MAX_STATE / 3 * 4 + (1 << 20);

    private final StartedJobs started;
    private final Runs runs;
    private final Workspaces workspaces;
    private final StateVersions states;
    private final SshKeys sshKeys;
    private final Blobs blobs;

    public OtfRunEndpoints(
            StartedJobs started, Runs runs, Workspaces workspaces, StateVersions states, SshKeys sshKeys, Blobs blobs) {
        this.started = started;
        this.runs = runs;
        this.workspaces = workspaces;
        this.states = states;
        this.sshKeys = sshKeys;
        this.blobs = blobs;
    }

    public void register(RouteTable routes) {
        routes.family(OtfRunEndpoints.class, Route.Audience.JOB)
                .get("/otfapi/runs/{run}", this::run, Operation.json().refuses(409))
                .get(
                        "/otfapi/workspaces/{workspace}",
                        this::workspace,
                        Operation.json().refuses(409))
                .get(
                        "/otfapi/configuration-versions/{id}/download",
                        this::configuration,
                        bytes("application/gzip").refuses(409))
                .get(
                        "/otfapi/vars/effective/{run}",
                        this::variables,
                        Operation.json().refuses(409))
                .get("/otfapi/ssh-keys/{id}", this::sshKey, bytes("text/plain").refuses(409))
                .get(
                        "/otfapi/workspaces/{workspace}/current-state-version",
                        this::currentState,
                        Operation.json().refuses(409))
                .get(
                        "/otfapi/state-versions/{id}/download",
                        this::state,
                        bytes("application/json").refuses(409))
                .post(
                        "/otfapi/workspaces/{workspace}/state-versions",
                        this::createState,
                        Operation.json(201).takesJson());
    }

    /** The job that the caller is at: a token of a run that is over opens nothing here. */
    private StartedJobs.Started job(Call call) {
        return started.ofRun(
                OtfJobEndpoints.caller(call), OtfJobEndpoints.caller(call).id());
    }

    private StartedJobs.Started jobOfRun(Call call) {
        return started.ofRun(OtfJobEndpoints.caller(call), new RunId(call.path("run")));
    }

    private Workspace workspace(Call call, StartedJobs.Started job) {
        return workspaces.read(call.caller(), job.workspace()).workspace();
    }

    private WorkspaceId ownWorkspace(Call call) {
        WorkspaceId asked = new WorkspaceId(call.path("workspace"));
        if (!job(call).workspace().equals(asked)) {
            throw new Refusal.NotFound();
        }
        return asked;
    }

    private Answer run(Call call) {
        StartedJobs.Started job = jobOfRun(call);
        return JsonApi.resource(OtfResource.run(job.run(), workspace(call, job)));
    }

    private Answer workspace(Call call) {
        return JsonApi.resource(OtfResource.workspace(
                workspaces.read(call.caller(), ownWorkspace(call)).workspace()));
    }

    private Answer configuration(Call call) {
        ConfigurationVersionId id = new ConfigurationVersionId(call.path("id"));
        if (!job(call).run().configurationVersion().equals(id)) {
            throw new Refusal.NotFound();
        }
        return blob("application/gzip", "configuration/" + id.value());
    }

    /** All as HCL: these agents put a plain value between quotes as it is. */
    private Answer variables(Call call) {
        EngineVariables variables = runs.variables(jobOfRun(call).run().id());
        List<Resource> documents = new ArrayList<>();
        variables
                .terraform()
                .forEach((key, value) ->
                        documents.add(OtfResource.variable(documents.size() + 1, key, value, "terraform", true)));
        variables
                .environment()
                .forEach((key, value) ->
                        documents.add(OtfResource.variable(documents.size() + 1, key, value, "env", false)));
        return JsonApi.list(documents);
    }

    private Answer sshKey(Call call) {
        job(call);
        String key = sshKeys.value(OtfJobEndpoints.caller(call), new SshKeyId(call.path("id")));
        return Answer.of(200, "text/plain", key.getBytes(StandardCharsets.UTF_8));
    }

    private Answer currentState(Call call) {
        return JsonApi.resource(OtfResource.stateVersion(states.current(call.caller(), ownWorkspace(call))));
    }

    private Answer state(Call call) {
        StartedJobs.Started job = job(call);
        StateVersion version = states.read(call.caller(), new StateVersionId(call.path("id")));
        if (!version.workspace().equals(job.workspace()) || !version.isFinalized()) {
            throw new Refusal.NotFound();
        }
        return blob("application/json", version.blobKey());
    }

    private Answer blob(String mediaType, String key) {
        Blobs.Blob blob = blobs.find(key).orElseThrow(Refusal.NotFound::new);
        return Answer.stream(mediaType, blob.size(), out -> blobs.copy(blob, out));
    }

    /** Once more changes nothing: agents repeat what they had no answer to. */
    private Answer createState(Call call) {
        WorkspaceId workspace = ownWorkspace(call);
        try (Spool document = call.spool(MAX_STATE_DOCUMENT);
                StateDocument read = StateDocument.read(document, MAX_STATE)) {
            Patch patch = read.rest();
            long serial = patch.requiredInteger("serial");
            String md5 = patch.requiredText("md5");
            StateVersion version = current(call, workspace)
                    .filter(present ->
                            present.serial() == serial && present.md5().equalsIgnoreCase(md5))
                    .orElseGet(() -> states.create(
                            call.caller(),
                            workspace,
                            new StateVersions.Upload(
                                    serial,
                                    md5,
                                    Optional.empty(),
                                    patch.flag("force", false),
                                    Optional.empty(),
                                    Optional.of(read.state()),
                                    Optional.empty())));
            return JsonApi.created(OtfResource.stateVersion(version));
        }
    }

    private Optional<StateVersion> current(Call call, WorkspaceId workspace) {
        try {
            return Optional.of(states.current(call.caller(), workspace));
        } catch (Refusal.NotFound e) {
            return Optional.empty();
        }
    }
}
