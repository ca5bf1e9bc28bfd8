package io.otfd.database;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.otfd.Ids.WorkspaceId;
import io.otfd.PostgresExtension;
import io.otfd.TestDatabase;
import io.otfd.blob.Blobs;
import io.otfd.encryption.MasterKeys;
import io.otfd.token.SiteKeys;
import io.otfd.variable.Variables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** V020 on a database that was in use, with secrets in clear. */
@ExtendWith(PostgresExtension.class)
class EncryptionMigrationTest {

    private static final String SCHEMA = "in_clear";
    private static final byte[] SIGNING = new byte[32];
    private static final byte[] SEALING =
            "a key of thirty-two bytes, no less".substring(0, 32).getBytes();

    private static final String IN_USE = """
            INSERT INTO organization (id, name, email, created_at, collaborator_auth_policy, cost_estimation_enabled,
                assessments_enforced, send_passing_statuses, aggregated_commit_status_enabled, speculative_plan_management,
                allow_force_delete_workspaces, user_tokens_enabled, max_ttl_enabled, enforce_hyok, stacks_enabled,
                default_execution_mode)
            VALUES ('org-1', 'acme', 'a@b.c', now(), 'password', false, false, false, false, false, false, true, false, false,
                false, 'remote');
            INSERT INTO project (id, organization_id, name) VALUES ('prj-1', 'org-1', 'apps');
            INSERT INTO workspace (id, organization_id, project_id, name, created_at, updated_at, latest_change_at,
                allow_destroy_plan, assessments_enabled, auto_apply, auto_apply_run_trigger, file_triggers_enabled,
                global_remote_state, project_remote_state, queue_all_runs, source, speculative_enabled,
                structured_run_output_enabled, terraform_version, trigger_patterns, trigger_prefixes, inherits_project_auto_destroy)
            VALUES ('ws-1', 'org-1', 'prj-1', 'w', now(), now(), now(), true, false, false, false, true, true, false, false,
                'tfe-api', true, true, '1.11.4', '{}', '{}', true);
            INSERT INTO variable (id, workspace_id, key, value, category, hcl, sensitive, version_id)
            VALUES ('var-1', 'ws-1', 'password', 'grün\\n\\0', 'terraform', false, true, 'varver-1');
            INSERT INTO blob (key, workspace_id, size, md5) VALUES ('state/sv-1', 'ws-1', 4, '');
            INSERT INTO blob_chunk VALUES ('state/sv-1', 0, 'st'), ('state/sv-1', 1, 'at')""";

    @Test
    void whatWasStoredInClearStaysReadable(TestDatabase test)
            throws SQLException, IOException, GeneralSecurityException {
        DatabaseUrl url = new DatabaseUrl(
                test.jdbcUrl() + (test.jdbcUrl().contains("?") ? "&" : "?") + "currentSchema=" + SCHEMA,
                test.user(),
                test.password());
        migrate(test, "10");
        try (Connection connection = DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password())) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(IN_USE);
            }
            insert(connection, "INSERT INTO site_key (purpose, key) VALUES ('signed-urls', ?)", SIGNING);
            insert(connection, "INSERT INTO site_key (purpose, key) VALUES ('secrets', ?)", SEALING);
            insert(
                    connection,
                    "INSERT INTO ssh_key (id, organization_id, name, value, created_at)"
                            + " VALUES ('sshkey-1', 'org-1', 'deploy', ?, now())",
                    sealedFormerly("sshkey-1", "-----BEGIN"));

            migrate(test, "latest");
            try (Database database = Database.open(url, 2, MasterKeys.parse(MasterKeys.random()))) {
                assertThat(
                        database.read(sql -> Variables.effective(sql, new WorkspaceId("ws-1")))
                                .getFirst()
                                .variable()
                                .value(),
                        is("grün\\n\\0"));
                Blobs blobs = new Blobs(database);
                assertThat(
                        blobs.open(blobs.find("state/sv-1").orElseThrow()).readAllBytes(),
                        is("stat".getBytes(StandardCharsets.UTF_8)));
                assertThat(
                        database.vault().open("sshkey-1", bytes(connection, "SELECT value FROM ssh_key")),
                        is("-----BEGIN"));
                assertThat(new SiteKeys(database).key("signed-urls"), is(SIGNING));
                assertThat(
                        "the key that signs is sealed now",
                        bytes(connection, "SELECT key FROM site_key WHERE purpose = 'signed-urls'")[0],
                        is((byte) 1));
                assertThat(
                        "the key that was in the database seals nothing any more",
                        database.vault().streamKey().id(),
                        is(not(1)));
            }
        }
    }

    private static void migrate(TestDatabase database, String target) {
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.user(), database.password())
                .schemas(SCHEMA)
                .locations("classpath:io/otfd/database")
                .target(target)
                .load()
                .migrate();
    }

    /** AES-256-GCM, the nonce in front, bound to the row's identifier. */
    private static byte[] sealedFormerly(String owner, String secret) throws GeneralSecurityException {
        byte[] nonce = new byte[12];
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(SEALING, "AES"), new GCMParameterSpec(128, nonce));
        cipher.updateAAD(owner.getBytes(StandardCharsets.UTF_8));
        byte[] sealed = cipher.doFinal(secret.getBytes(StandardCharsets.UTF_8));
        byte[] all = new byte[nonce.length + sealed.length];
        System.arraycopy(sealed, 0, all, nonce.length, sealed.length);
        return all;
    }

    private static void insert(Connection connection, String sql, byte[] bytes) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setBytes(1, bytes);
            insert.executeUpdate();
        }
    }

    private static byte[] bytes(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getBytes(1);
        }
    }
}
