package io.otfd.conformance;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Looks for a text in every column of every row of an embedded database. */
record DatabaseSearch(RunningOtfd otfd) {

    /** Tables with rows that hold the text, as such or among bytes. */
    List<String> places(String text) {
        String hex = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
        List<String> found = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String table : tables(statement)) {
                // A whole row as text; bytes are written in hexadecimal digits.
                String query = "SELECT count(*) FROM " + table + " t WHERE strpos(CAST(t AS text), '" + text
                        + "') > 0 OR strpos(CAST(t AS text), '" + hex + "') > 0";
                try (ResultSet rows = statement.executeQuery(query)) {
                    rows.next();
                    if (rows.getLong(1) > 0) {
                        found.add(table);
                    }
                }
            }
            return found;
        } catch (SQLException exception) {
            throw new IllegalStateException(exception);
        }
    }

    private static List<String> tables(Statement statement) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet rows =
                statement.executeQuery("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + otfd.databasePort() + "/postgres", "otfd", otfd.databasePassword());
    }
}
