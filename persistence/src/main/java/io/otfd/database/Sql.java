package io.otfd.database;

import io.otfd.encryption.Vault;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Named statements on one connection. Parameters follow the name in pairs: name, value. Values are text, identifiers,
 * enums (by {@code toString}), numbers, flags, {@code Instant}, {@code byte[]}, lists of these as {@code text[]}, or
 * null. Rows are read by JDBC: DB Client rebuilds column metadata for each row and cell, which makes wide lists eight
 * times as dear.
 */
public abstract sealed class Sql permits Reader, Tx {

    private final Connection connection;
    private final Statements statements;
    private final Vault vault;

    Sql(Connection connection, Statements statements, Vault vault) {
        this.connection = connection;
        this.statements = statements;
        this.vault = vault;
    }

    /** Seals what goes into a row; {@link Row#secret} opens it. */
    public final Vault vault() {
        return vault;
    }

    /** The first row, or empty. */
    public final <T> Optional<T> one(String statement, Function<Row, T> mapper, Object... parameters) {
        List<T> rows = list(statement, mapper, parameters);
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getFirst());
    }

    /** All rows. The result is in memory: statements limit what they return. */
    public final <T> List<T> list(String statement, Function<Row, T> mapper, Object... parameters) {
        Statements.Statement named = statements.execute(statement);
        List<Object> values = named.values(parameters);
        try (PreparedStatement prepared = connection.prepareStatement(named.text())) {
            int index = 0;
            for (Object value : values) {
                prepared.setObject(++index, value);
            }
            try (ResultSet result = prepared.executeQuery()) {
                Row row = new Row(result, vault);
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

    public final long count(String statement, Object... parameters) {
        return one(statement, row -> row.number("count"), parameters).orElseThrow();
    }

    public final boolean exists(String statement, Object... parameters) {
        return one(statement, row -> true, parameters).isPresent();
    }
}
