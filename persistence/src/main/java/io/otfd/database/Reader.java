package io.otfd.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads outside a transaction, each statement with a snapshot of its own, by JDBC on a connection of the same pool: DB
 * Client rebuilds column metadata for each row and cell, which makes wide lists eight times as dear.
 */
public final class Reader extends Sql {

    private final Connection connection;
    private final Statements statements;

    Reader(Connection connection, Statements statements) {
        this.connection = connection;
        this.statements = statements;
    }

    @Override
    public <T> List<T> list(String name, Function<Row, T> mapper, Object... parameters) {
        Statements.Statement statement = statements.get(name);
        Map<String, Object> values = statement.values(parameters);
        try (PreparedStatement prepared = connection.prepareStatement(statement.positional())) {
            int index = 0;
            for (String parameter : statement.order()) {
                prepared.setObject(++index, values.get(parameter));
            }
            try (ResultSet result = prepared.executeQuery()) {
                ResultRow row = new ResultRow(result);
                List<T> rows = new ArrayList<>();
                while (result.next()) {
                    rows.add(mapper.apply(row));
                }
                return rows;
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e);
        }
    }
}
