package io.otfd.planexport;

import io.otfd.Ids.PhaseId;
import io.otfd.Ids.PlanExportId;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.access.WorkspacePermission;
import io.otfd.blob.Blobs;
import io.otfd.blob.Spool;
import io.otfd.database.Database;
import io.otfd.database.Row;
import io.otfd.database.Sql;
import io.otfd.run.Phase;
import io.otfd.run.PhaseStatus;
import io.otfd.run.Run;
import io.otfd.run.RunView;
import io.otfd.run.Runs;
import io.otfd.variable.Variables;
import io.otfd.workspace.Workspaces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Plan exports (cloud-docs/api-docs/plan-exports). Whoever may read a plan's JSON may export it: it holds the same secrets. */
public final class PlanExports {

    public static final String SENTINEL_MOCKS = "sentinel-mock-bundle-v0";

    private static final Duration AVAILABLE = Duration.ofHours(1);

    private final Database database;
    private final Blobs blobs;
    private final Clock clock;

    public PlanExports(Database database, Blobs blobs, Clock clock) {
        this.database = database;
        this.blobs = blobs;
        this.clock = clock;
    }

    /**
     * @throws Refusal.NotFound for a plan that the caller may not read
     * @throws Refusal.Invalid before the plan has finished, or while it has an export
     */
    public PlanExport create(Caller caller, PhaseId plan, String dataType) {
        if (!dataType.equals(SENTINEL_MOCKS)) {
            throw Refusal.Invalid.attribute("data-type", "must be " + SENTINEL_MOCKS);
        }
        return database.transact(tx -> {
            Run run = exportable(tx, caller, plan);
            if (run.plan().status() != PhaseStatus.FINISHED
                    || Blobs.find(tx, Phase.jsonKey(plan)).isEmpty()) {
                throw Refusal.Invalid.relationship("plan", "The plan has not finished, or has left no JSON.");
            }
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            tx.update("plan_export.expire", "plan_id", plan, "now", now);
            PlanExportId id = PlanExportId.random();
            tx.update(
                    "plan_export.insert",
                    "id",
                    id,
                    "plan_id",
                    plan,
                    "data_type",
                    dataType,
                    "now",
                    now,
                    "expires_at",
                    now.plus(AVAILABLE));
            return find(tx, id);
        });
    }

    public PlanExport read(Caller caller, PlanExportId id) {
        return database.read(sql -> {
            PlanExport export = find(sql, id);
            exportable(sql, caller, export.plan());
            return export;
        });
    }

    public void delete(Caller caller, PlanExportId id) {
        database.transactVoid(tx -> {
            exportable(tx, caller, find(tx, id).plan());
            tx.update("plan_export.delete", "id", id);
        });
    }

    /** Of one plan, the newest first. For who has seen the plan: ids tell nothing. */
    public List<PlanExportId> of(PhaseId plan) {
        return database.read(
                sql -> sql.list("plan_export.of_plan", row -> new PlanExportId(row.text("id")), "plan_id", plan));
    }

    /**
     * For signed URLs: the bundle.
     *
     * @throws Refusal.NotFound once it has expired, or was deleted
     */
    public Spool bundle(PlanExportId id) {
        record Subject(PlanExport export, RunMock run) {}
        Subject subject = database.read(sql -> {
            PlanExport export = find(sql, id);
            return new Subject(export, mock(sql, Runs.find(sql, export.plan())));
        });
        PhaseId plan = subject.export().plan();
        Blobs.Blob json = Optional.of(subject.export())
                .filter(export -> !export.expired())
                .flatMap(export -> blobs.find(Phase.jsonKey(plan)))
                .orElseThrow(Refusal.NotFound::new);
        return MockBundle.of(
                new PlanReader(() -> blobs.open(json)),
                subject.run(),
                subject.export().createdAt());
    }

    private static RunMock mock(Sql sql, Run run) {
        return sql.one(
                        "plan_export.names",
                        row -> new RunMock(
                                run,
                                Workspaces.find(sql, run.workspace()),
                                row.text("project_name"),
                                row.optionalText("author"),
                                Variables.effective(sql, run.workspace())),
                        "run_id",
                        run.id())
                .orElseThrow(Refusal.NotFound::new);
    }

    /** The run of a plan whose JSON the caller may read. */
    private static Run exportable(Sql sql, Caller caller, PhaseId plan) {
        RunView view = Runs.view(sql, caller, plan);
        view.workspace().grants().require(WorkspacePermission.CAN_UPDATE);
        if (!view.run().plan().id().equals(plan)) {
            throw new Refusal.NotFound();
        }
        return view.run();
    }

    private PlanExport find(Sql sql, PlanExportId id) {
        return sql.one("plan_export.by_id", this::export, "id", id).orElseThrow(Refusal.NotFound::new);
    }

    private PlanExport export(Row row) {
        Instant expiresAt = row.instant("expires_at");
        return new PlanExport(
                new PlanExportId(row.text("id")),
                new PhaseId(row.text("plan_id")),
                row.text("data_type"),
                row.instant("created_at"),
                expiresAt,
                !clock.instant().isBefore(expiresAt));
    }
}
