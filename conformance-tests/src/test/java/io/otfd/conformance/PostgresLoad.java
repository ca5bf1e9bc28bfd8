package io.otfd.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@link Load} on a server's embedded database, with the server's own statements as they stand in its sources: what
 * PostgreSQL can do at most on this machine, at this moment.
 */
final class PostgresLoad {

    private static final Pattern PARAMETER = Pattern.compile(":([a-z][a-z0-9_]*)");

    /** Of one row a copy whose name and id are new. */
    private static final String COPY = """
            SELECT 'INSERT INTO workspace (' || string_agg(column_name, ', ' ORDER BY ordinal_position) || ') SELECT '
                   || string_agg(CASE WHEN column_name IN ('id', 'name') THEN '? || ' || column_name
                                      ELSE column_name END, ', ' ORDER BY ordinal_position)
                   || ' FROM workspace WHERE id = ?'
            FROM information_schema.columns
            WHERE table_schema = 'public'
              AND table_name = 'workspace'
            """;

    private final String url;
    private final String password;

    PostgresLoad(RunningOtfd otfd) {
        url = "jdbc:postgresql://127.0.0.1:" + otfd.databasePort() + "/postgres?prepareThreshold=1";
        password = otfd.databasePassword();
    }

    /** A statement, by its name in {@code <noun>.sql}; parameters that are not given are NULL. */
    record Call(String statement, Map<String, Object> parameters) {

        private String text() {
            String noun = statement.substring(0, statement.indexOf('.')).replace("_", "");
            try {
                String source = Files.readString(Checkout.root()
                        .resolve("persistence/src/main/resources/io/otfd/%1$s/%1$s.sql".formatted(noun)));
                String block = source.split("-- name: " + Pattern.quote(statement) + "\n", 2)[1];
                return block.split("\n-- name: ", 2)[0].replaceAll("(?m)^--.*$", "");
            } catch (IOException exception) {
                throw new UncheckedIOException(exception);
            }
        }

        private List<Object> values() {
            List<Object> values = new ArrayList<>();
            Matcher parameter = PARAMETER.matcher(text());
            while (parameter.find()) {
                values.add(parameters.get(parameter.group(1)));
            }
            return values;
        }
    }

    /** These statements, one after the other, again and again. */
    Load.Rate reads(Duration duration, Call... calls) {
        return Load.during(duration, () -> session(List.of(calls)));
    }

    /** Copies of one workspace's row, each in a transaction of its own. */
    Load.Rate inserts(Duration duration, String workspace) {
        String copy = scalar(COPY);
        return Load.during(duration, () -> {
            Connection connection = connect();
            PreparedStatement insert = connection.prepareStatement(copy);
            return new Session(connection) {
                @Override
                public void call(int number) throws SQLException {
                    insert.setString(1, "copy-%d-".formatted(number));
                    insert.setString(2, "copy-%d-".formatted(number));
                    insert.setString(3, workspace);
                    insert.executeUpdate();
                }
            };
        });
    }

    /** The first column of the first row. */
    String scalar(String query) {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(query);
                ResultSet result = statement.executeQuery()) {
            result.next();
            return result.getString(1);
        } catch (SQLException exception) {
            throw new IllegalStateException(exception);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url, "otfd", password);
    }

    private Session session(List<Call> calls) throws SQLException {
        Connection connection = connect();
        List<PreparedStatement> statements = new ArrayList<>();
        for (Call call : calls) {
            PreparedStatement statement =
                    connection.prepareStatement(PARAMETER.matcher(call.text()).replaceAll("?"));
            int position = 0;
            for (Object value : call.values()) {
                statement.setObject(++position, value);
            }
            statements.add(statement);
        }
        return new Session(connection) {
            @Override
            public void call(int number) throws SQLException {
                for (PreparedStatement statement : statements) {
                    statement.executeQuery().close();
                }
            }
        };
    }

    private abstract static class Session implements Load.Client {

        private final Connection connection;

        Session(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
