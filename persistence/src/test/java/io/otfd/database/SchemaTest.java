package io.otfd.database;

import io.otfd.Golden;
import io.otfd.PostgresExtension;
import io.otfd.TestDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class SchemaTest {

    private static final String COLUMNS = """
            SELECT table_name || '.' || column_name || ' ' || data_type
                   || CASE is_nullable WHEN 'NO' THEN ' not null' ELSE '' END
                   || COALESCE(' default ' || column_default, '')
            FROM information_schema.columns
            WHERE table_schema = 'public' AND table_name <> 'flyway_schema_history'
            ORDER BY table_name, ordinal_position""";

    private static final String CONSTRAINTS = """
            SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
            FROM pg_constraint
            WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
              AND conrelid <> 0 AND conrelid::regclass::text <> 'flyway_schema_history'
            ORDER BY conrelid::regclass::text, conname""";

    private static final String INDEXES = """
            SELECT indexdef
            FROM pg_indexes
            WHERE schemaname = 'public' AND tablename <> 'flyway_schema_history'
            ORDER BY tablename, indexname""";

    @Test
    void theSchemaIsTheOneWeMean(TestDatabase database) throws SQLException, IOException {
        StringBuilder schema = new StringBuilder();
        try (Connection connection =
                DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password())) {
            for (String query : new String[] {COLUMNS, CONSTRAINTS, INDEXES}) {
                try (Statement statement = connection.createStatement();
                        ResultSet rows = statement.executeQuery(query)) {
                    while (rows.next()) {
                        schema.append(rows.getString(1)).append('\n');
                    }
                }
                schema.append('\n');
            }
        }

        Golden.check("schema.txt", schema.toString());
    }
}
