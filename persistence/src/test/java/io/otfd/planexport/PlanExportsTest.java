package io.otfd.planexport;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.otfd.Ids.ConfigurationVersionId;
import io.otfd.Ids.PhaseId;
import io.otfd.Ids.PlanExportId;
import io.otfd.MovableClock;
import io.otfd.PostgresExtension;
import io.otfd.Refusal;
import io.otfd.TestDatabase;
import io.otfd.access.Caller;
import io.otfd.blob.Blobs;
import io.otfd.blob.Spool;
import io.otfd.configuration.ConfigurationVersions;
import io.otfd.database.Database;
import io.otfd.event.Events;
import io.otfd.job.Jobs;
import io.otfd.log.Logs;
import io.otfd.notification.Notifications;
import io.otfd.organization.Organizations;
import io.otfd.run.Phase;
import io.otfd.run.Run;
import io.otfd.run.RunAdvance;
import io.otfd.run.RunOptions;
import io.otfd.run.Runs;
import io.otfd.token.Tokens;
import io.otfd.user.User;
import io.otfd.user.Users;
import io.otfd.workspace.Engines;
import io.otfd.workspace.Workspace;
import io.otfd.workspace.Workspaces;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class PlanExportsTest {

    private final MovableClock clock = new MovableClock();
    private final Database database;
    private final Caller.User admin;
    private final PlanExports exports;
    private final Workspace workspace;
    private final PhaseId plan;

    PlanExportsTest(TestDatabase test) {
        database = test.open(4);
        Clock now = Clock.systemUTC();
        Events events = new Events(database.url());
        User user = new Users(database).admin();
        admin = new Caller.User(user.id(), user.username(), true);
        exports = new PlanExports(database, new Blobs(database), clock);
        String name = "t-" + System.nanoTime();
        new Organizations(database, now).create(admin, name, "a@b.c", fresh -> fresh);
        workspace = new Workspaces(database, now, "1.11.4")
                .create(admin, name, "w", Optional.empty(), fresh -> fresh, Workspaces.Labels.NONE)
                .workspace();
        ConfigurationVersions configurations = new ConfigurationVersions(database, now);
        ConfigurationVersionId configuration = configurations
                .create(admin, workspace.id(), new ConfigurationVersions.Options("tfe-api", false, false, false))
                .id();
        configurations.upload(configuration, Spool.of("tar".getBytes(StandardCharsets.UTF_8)), (tx, version) -> {});
        RunAdvance advance = new RunAdvance(
                events,
                new Jobs(events),
                new Logs(database, events),
                new Tokens(database, now),
                new Notifications(database, events),
                List.of(),
                now);
        Run run = new Runs(database, advance, now, Engines.only("1.11.4"))
                .create(
                        admin,
                        new Runs.Request(workspace.id(), Optional.empty(), "m", "tfe-api", PlanExportsTest::options))
                .run();
        plan = run.plan().id();
    }

    private static RunOptions options(Workspace workspace) {
        return new RunOptions(
                true,
                false,
                false,
                true,
                false,
                false,
                false,
                false,
                true,
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of());
    }

    private void finish(String json) {
        database.transactVoid(tx -> {
            tx.update(
                    "run.update_phase_status",
                    "id",
                    plan,
                    "status",
                    "finished",
                    "timestamp_key",
                    "finished-at",
                    "now_text",
                    clock.instant().toString());
            Blobs.write(tx, Phase.jsonKey(plan), workspace.id(), Spool.of(json.getBytes(StandardCharsets.UTF_8)));
        });
    }

    private PlanExport create() {
        return exports.create(admin, plan, PlanExports.SENTINEL_MOCKS);
    }

    @Test
    void aPlanThatHasNotFinishedIsNotExported() {
        assertThrows(Refusal.Invalid.class, this::create);
    }

    @Test
    void onePlanHasOneExportForAnHour() {
        finish("{}");

        PlanExport first = create();
        assertThat(first.status(), is("finished"));
        assertThrows(Refusal.Invalid.class, this::create);

        clock.pass(Duration.ofMinutes(60));
        assertThat(exports.read(admin, first.id()).status(), is("expired"));
        assertThrows(Refusal.NotFound.class, () -> exports.bundle(first.id()));

        PlanExportId second = create().id();
        assertThat(exports.of(plan), contains(second, first.id()));
        exports.delete(admin, second);
        assertThrows(Refusal.NotFound.class, () -> exports.read(admin, second));
        assertThat(create().id(), is(not(second)));
    }

    @Test
    void whatTerraformDoesNotWriteIsRefused() {
        finish("{\"resource_changes\":7}");

        PlanExportId export = create().id();

        assertThrows(Refusal.Conflict.class, () -> exports.bundle(export));
    }

    @Test
    void anEmptyPlanHasMocksToo() {
        finish("{}");

        try (Spool bundle = exports.bundle(create().id())) {
            assertThat(bundle.size() > 0, is(true));
        }
    }
}
