package io.otfd.state;

import io.otfd.Ids.RunId;
import io.otfd.Ids.StateVersionId;
import io.otfd.Ids.StateVersionOutputId;
import io.otfd.Ids.UserId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.access.WorkspacePermission;
import io.otfd.blob.Blobs;
import io.otfd.blob.Spool;
import io.otfd.database.Database;
import io.otfd.database.Row;
import io.otfd.database.Sql;
import io.otfd.database.Tx;
import io.otfd.resource.Resources;
import io.otfd.workspace.Lock;
import io.otfd.workspace.Workspace;
import io.otfd.workspace.WorkspaceView;
import io.otfd.workspace.Workspaces;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** States of workspaces. A state is current from the moment its bytes are here and fit. */
public final class StateVersions {

    private final Database database;
    private final Clock clock;

    public StateVersions(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * What a client announces.
     *
     * @param md5 hex, of the bytes that follow
     * @param force the client knows better: serial and lineage are not compared
     * @param state the bytes, when they come with the announcement
     * @param jsonState the form for programs, likewise
     */
    public record Upload(
            long serial,
            String md5,
            Optional<String> lineage,
            boolean force,
            Optional<RunId> run,
            Optional<Spool> state,
            Optional<Spool> jsonState) {}

    /** Announces a state, or stores it when it came along. The caller must hold the workspace's lock. */
    public StateVersion create(Caller caller, WorkspaceId workspace, Upload upload) {
        return database.transact(tx -> {
            WorkspaceView view = Workspaces.lockedView(tx, caller, workspace);
            view.grants().require(WorkspacePermission.CAN_CREATE_STATE_VERSIONS);
            requireLock(view.workspace(), caller);
            if (!upload.force()) {
                requireFits(tx, view.workspace(), upload);
            }
            // One upload at a time: an announcement that never got its bytes does not block the next.
            tx.update("state.discard_pending", "workspace_id", workspace);
            StateVersionId id = StateVersionId.random();
            tx.update(
                    "state.insert",
                    "id",
                    id,
                    "workspace_id",
                    workspace,
                    "run_id",
                    run(caller).or(upload::run).orElse(null),
                    "created_by",
                    caller.userId().orElse(null),
                    "serial",
                    upload.serial(),
                    "lineage",
                    upload.lineage().orElse(null),
                    "md5",
                    upload.md5(),
                    "now",
                    clock.instant());
            upload.jsonState().ifPresent(json -> Blobs.write(tx, find(tx, id).jsonBlobKey(), workspace, json));
            upload.state().ifPresent(state -> store(tx, find(tx, id), state));
            return find(tx, id);
        });
    }

    private static Optional<RunId> run(Caller caller) {
        return caller instanceof Caller.Run run ? Optional.of(run.id()) : Optional.empty();
    }

    private static void requireLock(Workspace workspace, Caller caller) {
        Lock lock =
                workspace.lock().orElseThrow(() -> new Refusal.Conflict("Workspace must be locked to upload a state."));
        if (!lock.isHeldBy(caller)) {
            throw new Refusal.Conflict("Workspace is locked by " + lock.heldBy());
        }
    }

    /**
     * Refuses an older state of the same lineage, and another one with the same serial. A foreign lineage is taken from
     * who holds the lock: {@code state push -force} does not say that it forces (observed: Terraform 1.11).
     */
    private static void requireFits(Sql sql, Workspace workspace, Upload upload) {
        Optional<StateVersion> current = workspace.currentStateVersion().map(id -> find(sql, id));
        Optional<String> lineage = upload.lineage()
                .or(() -> upload.state().map(state -> parse(state).lineage()));
        if (current.isEmpty() || !current.get().lineage().equals(lineage)) {
            return;
        }
        long serial = current.get().serial();
        if (upload.serial() == serial && !upload.md5().equals(current.get().md5())) {
            throw new Refusal.Conflict("A state with serial " + serial + " and another content exists already.");
        }
        if (upload.serial() < serial) {
            throw new Refusal.Conflict(
                    "The state has serial " + upload.serial() + ", and the current one has " + serial + ".");
        }
    }

    /** Takes the announced bytes; authorized by the signed URL. */
    public void upload(StateVersionId id, Spool state) {
        Blobs.storing(database, state, tx -> {
            StateVersion version = find(tx, id);
            Workspaces.locked(tx, version.workspace());
            store(tx, find(tx, id), state);
        });
    }

    /** Takes the form for programs. */
    public void uploadJson(StateVersionId id, Spool json) {
        Blobs.storing(database, json, tx -> {
            StateVersion version = find(tx, id);
            if (version.status().equals("discarded")) {
                throw tooLate();
            }
            Blobs.write(tx, version.jsonBlobKey(), version.workspace(), json);
        });
    }

    private void store(Tx tx, StateVersion version, Spool state) {
        if (!state.md5().equalsIgnoreCase(version.md5())) {
            throw Refusal.Invalid.attribute("md5", "does not match the state: its MD5 is " + state.md5());
        }
        if (version.isFinalized()) {
            return;
        }
        if (!version.status().equals("pending")) {
            throw tooLate();
        }
        StateFile file = parse(state);
        Blobs.write(tx, version.blobKey(), version.workspace(), state);
        Instant now = clock.instant();
        tx.update(
                "state.finalize",
                "id",
                version.id(),
                "size",
                state.size(),
                "lineage",
                file.lineage(),
                "terraform_version",
                file.terraformVersion(),
                "format_version",
                file.formatVersion(),
                "resources",
                file.resources(),
                "now",
                now);
        int position = 0;
        for (StateFile.Output output : file.outputs()) {
            StateVersionOutputId id = StateVersionOutputId.random();
            tx.update(
                    "state.insert_output",
                    "id",
                    id,
                    "state_version_id",
                    version.id(),
                    "position",
                    position++,
                    "name",
                    output.name(),
                    "sensitive",
                    output.sensitive(),
                    "type",
                    output.type(),
                    "detailed_type",
                    output.detailedType(),
                    "value",
                    tx.vault().seal(id.value(), output.value()));
        }
        tx.update(
                "state.make_current",
                "id",
                version.id(),
                "workspace_id",
                version.workspace(),
                "resource_count",
                file.resourceCount(),
                "now",
                now);
        try (InputStream in = state.open()) {
            Resources.replace(tx, version.workspace(), version.id(), in, now);
        } catch (IOException e) {
            throw new IllegalStateException("reading a spooled state", e);
        }
    }

    /**
     * Makes a copy of an earlier state the current one, under the serial that comes next. The caller must hold the
     * workspace's lock (cloud-docs/api-docs/state-versions, Rollback to a Previous State Version).
     */
    public StateVersion rollback(Caller caller, StateVersionId id) {
        return database.transact(tx -> {
            StateVersion wanted = find(tx, id);
            WorkspaceView view = Workspaces.lockedView(tx, caller, wanted.workspace());
            view.grants().require(WorkspacePermission.CAN_CREATE_STATE_VERSIONS);
            requireLock(view.workspace(), caller);
            if (!wanted.isFinalized()) {
                throw new Refusal.Conflict(
                        "State version " + id.value() + " is " + wanted.status() + ", not finalized.");
            }
            long serial = view.workspace()
                    .currentStateVersion()
                    .map(current -> find(tx, current).serial())
                    .orElse(0L);
            StateVersionId made = StateVersionId.random();
            try (Spool copy = renumbered(tx, wanted, serial + 1)) {
                tx.update(
                        "state.insert",
                        "id",
                        made,
                        "workspace_id",
                        wanted.workspace(),
                        "run_id",
                        null,
                        "created_by",
                        caller.userId().orElse(null),
                        "serial",
                        serial + 1,
                        "lineage",
                        wanted.lineage().orElse(null),
                        "md5",
                        copy.md5(),
                        "now",
                        clock.instant());
                store(tx, find(tx, made), copy);
            }
            return find(tx, made);
        });
    }

    private static Spool renumbered(Tx tx, StateVersion state, long serial) {
        return Spool.of(out -> {
            try (InputStream in = Blobs.open(tx, state.blobKey()).orElseThrow(Refusal.NotFound::new)) {
                StateFile.withSerial(in, serial, out);
            }
        });
    }

    private static Refusal tooLate() {
        return new Refusal.Conflict(
                "The upload came too late: the workspace was unlocked, or another upload took its place.");
    }

    private static StateFile parse(Spool state) {
        try (InputStream in = state.open()) {
            return StateFile.parse(in);
        } catch (IOException e) {
            throw new IllegalStateException("reading a spooled state", e);
        }
    }

    public StateVersion read(Caller caller, StateVersionId id) {
        return database.read(sql -> {
            StateVersion version = find(sql, id);
            requireRead(sql, caller, version.workspace(), WorkspacePermission.CAN_READ_STATE_VERSIONS);
            return version;
        });
    }

    /** @throws Refusal.NotFound when there is none yet */
    public StateVersion current(Caller caller, WorkspaceId workspace) {
        return database.read(sql -> find(
                sql,
                requireRead(sql, caller, workspace, WorkspacePermission.CAN_READ_STATE_VERSIONS)
                        .currentStateVersion()
                        .orElseThrow(Refusal.NotFound::new)));
    }

    /** Current ones of workspaces that the caller has seen, where it may read them. */
    public List<StateVersion> current(List<WorkspaceView> shown) {
        List<StateVersionId> ids = currentIds(shown, WorkspacePermission.CAN_READ_STATE_VERSIONS);
        return database.read(sql -> sql.list("state.by_ids", StateVersions::stateVersion, "ids", ids));
    }

    /** The outputs of these. */
    public List<StateVersion.Output> currentOutputs(List<WorkspaceView> shown) {
        List<StateVersionId> ids = currentIds(shown, WorkspacePermission.CAN_READ_STATE_OUTPUTS);
        return database.read(sql -> sql.list("state.outputs_of_many", StateVersions::output, "ids", ids));
    }

    private static List<StateVersionId> currentIds(List<WorkspaceView> shown, WorkspacePermission permission) {
        return shown.stream()
                .filter(view -> view.grants().has(permission))
                .flatMap(view -> view.workspace().currentStateVersion().stream())
                .toList();
    }

    /** A workspace by name, for lists that name it so. */
    public WorkspaceId workspace(Caller caller, String organization, String name) {
        return database.read(sql ->
                Workspaces.view(sql, caller, organization, name).workspace().id());
    }

    /** Newest first. */
    public Page<StateVersion> list(Caller caller, WorkspaceId workspace, Page.Request page) {
        return database.read(sql -> {
            requireRead(sql, caller, workspace, WorkspacePermission.CAN_READ_STATE_VERSIONS);
            long total = sql.count("state.count", "workspace_id", workspace);
            return new Page<>(
                    sql.list(
                            "state.list",
                            StateVersions::stateVersion,
                            "workspace_id",
                            workspace,
                            "limit",
                            page.size(),
                            "offset",
                            page.offset()),
                    page,
                    total);
        });
    }

    /** For signed URLs: whether the bytes may be read. */
    public boolean isReadable(StateVersionId id) {
        return database.read(sql -> find(sql, id)).isFinalized();
    }

    /** In order of name; none when there is no state (observed: the CLI then says "No outputs found"). */
    public List<StateVersion.Output> currentOutputs(Caller caller, WorkspaceId workspace) {
        return database.read(sql -> requireRead(sql, caller, workspace, WorkspacePermission.CAN_READ_STATE_OUTPUTS)
                .currentStateVersion()
                .map(id -> sql.list("state.outputs", StateVersions::output, "state_version_id", id))
                .orElse(List.of()));
    }

    /** A page of them, counted. */
    public Page<StateVersion.Output> outputs(Caller caller, StateVersionId id, Page.Request page) {
        List<StateVersion.Output> all = outputs(caller, id);
        List<StateVersion.Output> shown =
                all.stream().skip(page.offset()).limit(page.size()).toList();
        return new Page<>(shown, page, all.size());
    }

    public List<StateVersion.Output> outputs(Caller caller, StateVersionId id) {
        return database.read(sql -> {
            requireRead(sql, caller, find(sql, id).workspace(), WorkspacePermission.CAN_READ_STATE_OUTPUTS);
            return sql.list("state.outputs", StateVersions::output, "state_version_id", id);
        });
    }

    public StateVersion.Output output(Caller caller, StateVersionOutputId id) {
        return database.read(sql -> {
            StateVersion.Output output =
                    sql.one("state.output", StateVersions::output, "id", id).orElseThrow(Refusal.NotFound::new);
            requireRead(sql, caller, output.workspace(), WorkspacePermission.CAN_READ_STATE_OUTPUTS);
            return output;
        });
    }

    private static Workspace requireRead(
            Sql sql, Caller caller, WorkspaceId workspace, WorkspacePermission permission) {
        WorkspaceView view = Workspaces.view(sql, caller, workspace);
        view.grants().require(permission);
        return view.workspace();
    }

    static StateVersion find(Sql sql, StateVersionId id) {
        return sql.one("state.by_id", StateVersions::stateVersion, "id", id).orElseThrow(Refusal.NotFound::new);
    }

    private static StateVersion stateVersion(Row row) {
        return new StateVersion(
                new StateVersionId(row.text("id")),
                new WorkspaceId(row.text("workspace_id")),
                row.optionalText("run_id").map(RunId::new),
                row.optionalText("created_by").map(UserId::new),
                row.text("status"),
                row.number("serial"),
                row.optionalText("lineage"),
                row.text("md5"),
                row.optionalNumber("size"),
                row.optionalText("terraform_version"),
                row.optionalNumber("format_version").map(Math::toIntExact),
                row.text("resources"),
                row.instant("created_at"),
                row.texts("output_ids").stream().map(StateVersionOutputId::new).toList());
    }

    private static StateVersion.Output output(Row row) {
        return new StateVersion.Output(
                new StateVersionOutputId(row.text("id")),
                new StateVersionId(row.text("state_version_id")),
                new WorkspaceId(row.text("workspace_id")),
                row.text("name"),
                row.flag("sensitive"),
                row.text("type"),
                row.text("detailed_type"),
                row.secret("value", row.text("id")));
    }
}
