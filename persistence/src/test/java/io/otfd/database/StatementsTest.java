package io.otfd.database;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import io.otfd.PostgresExtension;
import io.otfd.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class StatementsTest {

    /** A typo in any table, column or cast fails here, as a compiler of SQL would. */
    @Test
    void everyStatementIsUnderstoodByPostgres(TestDatabase database) throws SQLException {
        List<String> wrong = new ArrayList<>();
        var statements = Statements.load().all();
        try (Connection connection =
                DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password())) {
            for (Statements.Statement statement : statements) {
                if (statement.text().startsWith("LOCK")) {
                    continue; // Not to be prepared: it runs in a transaction, and takes no parameters.
                }
                try (PreparedStatement prepared = connection.prepareStatement(statement.text())) {
                    prepared.getParameterMetaData();
                } catch (SQLException e) {
                    wrong.add(statement.name() + ": " + e.getMessage());
                }
            }
        }

        assertThat(wrong, is(empty()));
        assertThat(statements.size(), greaterThan(100));
    }

    @Test
    void parametersAreNamesWithDigitsToo() {
        assertThat(
                Statements.load().get("blob.insert").order(),
                is(List.of("key", "workspace_id", "registry_module_id", "size", "md5", "data_key_id")));
    }
}
