package io.otfd.database;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

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

/** V032 on a database that was in use. */
@ExtendWith(PostgresExtension.class)
class OrganizationMembershipMigrationTest {

    private static final String SCHEMA = "teams_only";

    private static final String IN_USE = """
            SET search_path TO teams_only;
            INSERT INTO organization VALUES ('org-1', 'acme', 'a@b.c', now(), NULL, NULL, 'password', false, false, false, false,
                false, false, 'remote', NULL, NULL, true, false, false, false);
            INSERT INTO users (id, username, email) VALUES ('user-1', 'ann', 'a@x'), ('user-2', 'bob', 'b@x');
            INSERT INTO team (id, organization_id, name) VALUES ('team-1', 'org-1', 'owners'), ('team-2', 'org-1', 'ops');
            INSERT INTO team_member VALUES ('team-1', 'user-1'), ('team-2', 'user-1'), ('team-2', 'user-2')""";

    @Test
    void whoIsInATeamIsAMember(TestDatabase database) throws SQLException {
        migrate(database, "31");
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            statement.execute(IN_USE);

            migrate(database, "latest");

            assertThat(
                    text(statement, "SELECT string_agg(user_id, ' ' ORDER BY user_id) FROM organization_membership"),
                    is("user-1 user-2"));
            assertThat(
                    text(statement, "SELECT id FROM organization_membership WHERE user_id = 'user-1'"),
                    matchesPattern("ou-[0-9a-f]{16}"));
            statement.execute("DELETE FROM organization_membership WHERE user_id = 'user-1'");
            assertThat(
                    text(statement, "SELECT string_agg(team_id || ' ' || user_id, ', ') FROM team_member"),
                    is("team-2 user-2"));
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
