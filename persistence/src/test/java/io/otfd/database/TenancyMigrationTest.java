package io.otfd.database;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.otfd.PostgresExtension;
import io.otfd.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** V008 on a database that was in use. */
@ExtendWith(PostgresExtension.class)
class TenancyMigrationTest {

    private static final String SCHEMA = "former";

    private static final String IN_USE = """
            SET search_path TO former;
            INSERT INTO organization VALUES ('org-1', 'acme', 'a@b.c', now(), NULL, NULL, 'password', false, false, false, false,
                false, false, 'remote', NULL, NULL, true, false, false, false);
            INSERT INTO project (id, organization_id, name) VALUES ('prj-1', 'org-1', 'apps');
            INSERT INTO workspace (id, organization_id, project_id, name, created_at, updated_at, latest_change_at,
                allow_destroy_plan, assessments_enabled, auto_apply, auto_apply_run_trigger, auto_destroy_activity_duration,
                file_triggers_enabled, global_remote_state, project_remote_state, queue_all_runs, source, speculative_enabled,
                structured_run_output_enabled, terraform_version, trigger_patterns, trigger_prefixes)
            SELECT id, 'org-1', 'prj-1', id, now(), now(), now(), true, false, false, false, duration, true, true, false, false,
                'tfe-api', true, true, '1.11.4', '{}', '{}'
            FROM (VALUES ('ws-1', NULL), ('ws-2', '3d')) AS made (id, duration);
            INSERT INTO workspace_tag (workspace_id, key, value, id)
            VALUES ('ws-1', 'zebra', '', 'tb-1'), ('ws-1', 'Ant', '', 'tb-2'), ('ws-1', 'env', 'prod', 'tb-3'),
                   ('ws-2', 'ant', '', 'tb-4');
            INSERT INTO configuration_version VALUES
                ('cv-1', 'ws-1', 'uploaded', 'tfe-api', false, false, false, now(), now());
            INSERT INTO run (id, workspace_id, configuration_version_id, status, message, source, created_at, execution_mode,
                plan_only, auto_apply, is_destroy, refresh, refresh_only, save_plan, allow_empty_apply, allow_config_generation,
                structured_output, terraform_version, target_addrs, replace_addrs, variables, frozen_variables)
            VALUES ('run-1', 'ws-1', 'cv-1', 'applied', '', 'tfe-api', now(), 'agent', false, false, false, true, false, false,
                false, false, true, '1.11.4', '{}', '{}', '[]', '{}')""";

    @Test
    void whatStoodThereStaysUnderItsNewName(TestDatabase database) throws SQLException {
        migrate(database, "6");
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            statement.execute(IN_USE);

            migrate(database, "latest");

            assertThat(text(statement, """
                            SELECT string_agg(w.workspace_id || ' ' || t.name, ', ' ORDER BY w.workspace_id, w.position)
                            FROM workspace_tag w JOIN tag t ON t.id = w.tag_id"""), is("ws-1 zebra, ws-1 ant, ws-2 ant"));
            assertThat(text(statement, "SELECT count(*) FROM tag"), is("2"));
            assertThat(
                    text(
                            statement,
                            "SELECT string_agg(workspace_id || ' ' || key || '=' || value, ', ') FROM tag_binding"),
                    is("ws-1 env=prod"));
            assertThat(text(statement, """
                            SELECT string_agg(id || ' ' || inherits_project_auto_destroy, ', ' ORDER BY id) FROM workspace"""), is("ws-1 true, ws-2 false"));
            assertThat(text(statement, "SELECT execution_mode FROM run"), is("remote"));
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

    private static String text(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
