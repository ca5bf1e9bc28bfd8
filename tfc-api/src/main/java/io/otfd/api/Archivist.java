package io.otfd.api;

import static io.otfd.api.Operation.answers;
import static io.otfd.api.Operation.bytes;

import io.otfd.Ids.ConfigurationVersionId;
import io.otfd.Ids.PhaseId;
import io.otfd.Ids.PlanExportId;
import io.otfd.Ids.RegistryModuleVersionId;
import io.otfd.Ids.RunId;
import io.otfd.Ids.StateVersionId;
import io.otfd.Refusal;
import io.otfd.agent.protocol.Wire;
import io.otfd.blob.Blobs;
import io.otfd.blob.Spool;
import io.otfd.configuration.ConfigurationVersions;
import io.otfd.dispatch.Artifacts;
import io.otfd.log.Logs;
import io.otfd.planexport.PlanExports;
import io.otfd.registrymodule.RegistryModuleVersion;
import io.otfd.registrymodule.RegistryModuleVersions;
import io.otfd.run.Phase;
import io.otfd.run.Run;
import io.otfd.run.Runs;
import io.otfd.state.StateVersions;
import java.io.InputStream;

/** What signed URLs lead to: configurations, modules, states, logs and what agents hand in. */
public final class Archivist {

    private static final long MAX_CONFIGURATION = 512L << 20;
    private static final long MAX_STATE = 1L << 30;
    private static final long MAX_ARTIFACT = 2L << 30;
    private static final int MAX_LOG_READ = 1 << 20;
    /** Of one piece; a whole log is taken as a stream. */
    private static final int MAX_LOG_WRITE = 64 << 20;

    /** With its two markers. */
    private static final long MAX_LOG = Logs.MAX_SIZE + 2;

    private final SignedUrls urls;
    private final Blobs blobs;
    private final Logs logs;
    private final ConfigurationVersions configurations;
    private final RegistryModuleVersions modules;
    private final StateVersions states;
    private final Runs runs;
    private final Artifacts artifacts;
    private final PlanExports exports;

    public Archivist(
            SignedUrls urls,
            Blobs blobs,
            Logs logs,
            ConfigurationVersions configurations,
            RegistryModuleVersions modules,
            StateVersions states,
            Runs runs,
            Artifacts artifacts,
            PlanExports exports) {
        this.urls = urls;
        this.blobs = blobs;
        this.logs = logs;
        this.configurations = configurations;
        this.modules = modules;
        this.states = states;
        this.runs = runs;
        this.artifacts = artifacts;
        this.exports = exports;
    }

    public void register(RouteTable routes) {
        routes.family(Archivist.class, Route.Audience.SIGNED)
                .get(
                        SignedUrls.PATH,
                        this::read,
                        bytes("application/octet-stream").query("offset", "limit"))
                .put(SignedUrls.PATH, this::write, answers(200).takesBytes().refuses(409, 422))
                .get(SignedUrls.OBJECT_PATH, this::read, bytes("application/gzip"))
                .put(
                        SignedUrls.OBJECT_PATH,
                        this::write,
                        answers(200).takesBytes().refuses(422))
                .patch(SignedUrls.PATH, this::append, answers(200).takesBytes().refuses(409));
    }

    private Answer read(Call call) {
        SignedUrls.Claim claim = urls.verify(call.path("signed"));
        String id = claim.id();
        return switch (claim.use()) {
            case READ_LOG -> log(call, new PhaseId(id));
            case READ_CONFIGURATION -> blob("application/gzip", "configuration/" + id);
            case READ_REGISTRY_MODULE -> module(new RegistryModuleVersionId(id));
            case READ_STATE -> state(id, "state/" + id);
            case READ_JSON_STATE -> state(id, "json-state/" + id);
            case READ_FILESYSTEM -> blob("application/gzip", Phase.filesystemKey(new RunId(id)));
            case READ_ERRORED_STATE -> blob("application/json", Phase.erroredStateKey(new PhaseId(id)));
            case READ_PLAN_EXPORT -> spooled("application/gzip", exports.bundle(new PlanExportId(id)));
            case READ_ENGINE,
                    WRITE_LOG,
                    WRITE_CONFIGURATION,
                    WRITE_REGISTRY_MODULE,
                    WRITE_STATE,
                    WRITE_JSON_STATE,
                    WRITE_FILESYSTEM,
                    WRITE_PLAN_JSON,
                    WRITE_REDACTED_PLAN,
                    WRITE_SANITIZED_PLAN,
                    WRITE_PROVIDER_SCHEMAS,
                    WRITE_ERRORED_STATE -> throw new Refusal.NotFound();
        };
    }

    /** Always 200: the CLI gives up its run on anything else, the database's absence included (observed: Terraform 1.11). */
    private Answer log(Call call, PhaseId phase) {
        int offset = call.queryInteger("offset", 0);
        int limit = Math.clamp(call.queryInteger("limit", MAX_LOG_READ), 1, MAX_LOG_READ);
        byte[] bytes;
        try {
            bytes = logs.read(phase, Math.max(0, offset), limit);
        } catch (Refusal.Unavailable e) {
            bytes = new byte[0];
        }
        return Answer.of(200, "text/plain; charset=utf-8", bytes);
    }

    /** One whose bytes were hidden after the URL was given out is not there. */
    private Answer state(String id, String key) {
        if (!states.isReadable(new StateVersionId(id))) {
            throw new Refusal.NotFound();
        }
        return blob("application/json", key);
    }

    /** One that was deleted after the URL was given out is not there. */
    private Answer module(RegistryModuleVersionId id) {
        if (!modules.isPublished(id)) {
            throw new Refusal.NotFound();
        }
        return blob("application/gzip", RegistryModuleVersion.blobKey(id));
    }

    private Answer blob(String mediaType, String key) {
        Blobs.Blob blob = blobs.find(key).orElseThrow(Refusal.NotFound::new);
        return Answer.stream(mediaType, blob.size(), out -> blobs.copy(blob, out));
    }

    private static Answer spooled(String mediaType, Spool spool) {
        return Answer.stream(mediaType, spool.size(), out -> {
            try (spool;
                    InputStream in = spool.open()) {
                in.transferTo(out);
            }
        });
    }

    private Answer write(Call call) {
        SignedUrls.Claim claim = urls.verify(call.path("signed"));
        String id = claim.id();
        return switch (claim.use()) {
            case WRITE_LOG -> {
                try (Spool whole = call.spool(MAX_LOG)) {
                    logs.complete(claim.phase(), claim.jobClaim(), whole);
                }
                yield Answer.empty(200);
            }
            case WRITE_CONFIGURATION -> {
                try (Spool archive = call.spool(MAX_CONFIGURATION)) {
                    configurations.upload(new ConfigurationVersionId(id), archive, (tx, version) -> {
                        if (version.autoQueueRuns()) {
                            runs.createForUpload(tx, version);
                        }
                    });
                }
                yield Answer.empty(200);
            }
            case WRITE_REGISTRY_MODULE -> {
                try (Spool archive = call.spool(MAX_CONFIGURATION)) {
                    modules.upload(new RegistryModuleVersionId(id), archive);
                }
                yield Answer.empty(200);
            }
            case WRITE_STATE -> {
                try (Spool state = call.spool(MAX_STATE)) {
                    states.upload(new StateVersionId(id), state);
                }
                yield Answer.empty(200);
            }
            case WRITE_JSON_STATE -> {
                try (Spool state = call.spool(MAX_STATE)) {
                    states.uploadJson(new StateVersionId(id), state);
                }
                yield Answer.empty(200);
            }
            case WRITE_FILESYSTEM -> {
                Run run = runs.find(claim.phase());
                yield artifact(call, claim, Phase.filesystemKey(run.id()), run);
            }
            case WRITE_PLAN_JSON -> artifact(call, claim, Phase.jsonKey(claim.phase()), runs.find(claim.phase()));
            case WRITE_REDACTED_PLAN ->
                artifact(call, claim, Phase.redactedKey(claim.phase()), runs.find(claim.phase()));
            case WRITE_SANITIZED_PLAN -> {
                // For who holds the keys of its own organization, which is not to be had here: nobody asks for it.
                call.spool(MAX_ARTIFACT).close();
                yield Answer.empty(200);
            }
            case WRITE_PROVIDER_SCHEMAS ->
                artifact(call, claim, Phase.schemasKey(claim.phase()), runs.find(claim.phase()));
            case WRITE_ERRORED_STATE ->
                artifact(call, claim, Phase.erroredStateKey(claim.phase()), runs.find(claim.phase()));
            case READ_LOG,
                    READ_CONFIGURATION,
                    READ_REGISTRY_MODULE,
                    READ_ENGINE,
                    READ_STATE,
                    READ_JSON_STATE,
                    READ_FILESYSTEM,
                    READ_PLAN_EXPORT,
                    READ_ERRORED_STATE -> throw new Refusal.NotFound();
        };
    }

    private Answer artifact(Call call, SignedUrls.Claim claim, String key, Run run) {
        try (Spool artifact = call.spool(MAX_ARTIFACT)) {
            artifacts.write(claim.phase(), claim.jobClaim(), key, run.workspace(), artifact);
        }
        return Answer.empty(200);
    }

    /** A piece of log. The answer says how many bytes of the agent's stream are here. */
    private Answer append(Call call) {
        SignedUrls.Claim claim = urls.verify(call.path("signed"));
        if (claim.use() != SignedUrls.Use.WRITE_LOG) {
            throw new Refusal.NotFound();
        }
        long offset = call.header(Wire.LOG_OFFSET_HEADER).map(Archivist::offset).orElse(-1L);
        try {
            long held = logs.append(claim.phase(), claim.jobClaim(), offset, call.body(MAX_LOG_WRITE));
            return Answer.empty(200).with(Wire.LOG_OFFSET_HEADER, Long.toString(held));
        } catch (Logs.LogGap gap) {
            return JsonApi.error(409, "conflict", "Bytes are missing from " + gap.held() + ".", null)
                    .with(Wire.LOG_OFFSET_HEADER, Long.toString(gap.held()));
        }
    }

    private static long offset(String text) {
        try {
            return Math.max(0, Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw new Refusal.Malformed(Wire.LOG_OFFSET_HEADER + " must be a whole number");
        }
    }
}
