package io.otfd.retention;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import io.otfd.Ids.WorkspaceId;
import io.otfd.PostgresExtension;
import io.otfd.TestDatabase;
import io.otfd.access.Caller;
import io.otfd.blob.Blobs;
import io.otfd.blob.Spool;
import io.otfd.database.Database;
import io.otfd.organization.Organizations;
import io.otfd.state.StateVersion;
import io.otfd.state.StateVersions;
import io.otfd.user.User;
import io.otfd.user.Users;
import io.otfd.workspace.WorkspaceLocks;
import io.otfd.workspace.Workspaces;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a data retention policy takes away, and what it leaves. */
@ExtendWith(PostgresExtension.class)
class ExpiryTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private final Database database;
    private final Caller.User admin;
    private final String organization = "t-" + UUID.randomUUID().toString().substring(0, 20);
    private final RetentionPolicies policies;

    ExpiryTest(TestDatabase test) {
        database = test.open(4);
        User user = new Users(database).admin();
        admin = new Caller.User(user.id(), user.username(), true);
        policies = new RetentionPolicies(database);
        new Organizations(database, at(100)).create(admin, organization, "a@b.c", fresh -> fresh);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static Clock at(int daysAgo) {
        return Clock.fixed(NOW.minus(Duration.ofDays(daysAgo)), ZoneOffset.UTC);
    }

    private WorkspaceId workspace(String name) {
        WorkspaceId id = new Workspaces(database, at(100), "1.11.4")
                .create(admin, organization, name, Optional.empty(), fresh -> fresh, Workspaces.Labels.NONE)
                .workspace()
                .id();
        new WorkspaceLocks(database, (tx, unlocked) -> {}).lock(admin, id, Optional.empty());
        return id;
    }

    private StateVersion state(WorkspaceId workspace, int serial, int daysAgo) {
        String text = "{\"version\":4,\"serial\":" + serial
                + ",\"lineage\":\"l\",\"outputs\":{\"o\":{\"value\":1,\"type\":\"number\"}}}";
        Spool bytes = Spool.of(text.getBytes(StandardCharsets.UTF_8));
        return new StateVersions(database, at(daysAgo))
                .create(
                        admin,
                        workspace,
                        new StateVersions.Upload(
                                serial,
                                bytes.md5(),
                                Optional.of("l"),
                                false,
                                Optional.empty(),
                                Optional.of(bytes),
                                Optional.of(Spool.of(new byte[] {1}))));
    }

    private void expire() {
        new Expiry(database, at(0)).run();
    }

    private void assertKept(StateVersion version, boolean kept) {
        Blobs blobs = new Blobs(database);
        StateVersions versions = new StateVersions(database, at(0));
        assertThat(blobs.find(version.blobKey()).isPresent(), is(kept));
        assertThat(blobs.find(version.jsonBlobKey()).isPresent(), is(kept));
        assertThat(versions.outputs(admin, version.id()), hasSize(kept ? 1 : 0));
        assertThat(
                versions.read(admin, version.id()).status(),
                is(kept ? "finalized" : "backing_data_permanently_deleted"));
    }

    @Test
    void olderOnesGoAndTheCurrentOneStaysHoweverOld() {
        WorkspaceId busy = workspace("busy");
        StateVersion old = state(busy, 1, 40);
        StateVersion young = state(busy, 2, 20);
        StateVersion current = state(busy, 3, 1);
        StateVersion onlyOne = state(workspace("quiet"), 1, 90);
        policies.setOfOrganization(admin, organization, Optional.of(30));

        expire();
        expire();

        assertKept(old, false);
        assertKept(young, true);
        assertKept(current, true);
        assertKept(onlyOne, true);
    }

    @Test
    void workspacesOwnPolicyBeatsItsOrganizations() {
        WorkspaceId keeping = workspace("keeping");
        StateVersion kept = state(keeping, 1, 90);
        state(keeping, 2, 80);
        WorkspaceId strict = workspace("strict");
        StateVersion gone = state(strict, 1, 10);
        state(strict, 2, 9);
        StateVersion without = state(workspace("without"), 1, 90);
        policies.setOfOrganization(admin, organization, Optional.of(30));
        policies.setOfWorkspace(admin, keeping, Optional.empty());
        policies.setOfWorkspace(admin, strict, Optional.of(5));

        expire();

        assertKept(kept, true);
        assertKept(gone, false);
        assertKept(without, true);
    }

    @Test
    void withoutAPolicyNothingGoes() {
        WorkspaceId workspace = workspace("free");
        StateVersion old = state(workspace, 1, 90);
        state(workspace, 2, 80);

        expire();

        assertKept(old, true);
    }
}
