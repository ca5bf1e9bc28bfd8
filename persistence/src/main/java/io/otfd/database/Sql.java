package io.otfd.database;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Named statements on one connection. Parameters follow the name in pairs: name, value. Values are text, identifiers,
 * enums (by {@code toString}), numbers, flags, {@code Instant}, {@code byte[]}, lists of these as {@code text[]}, or
 * null.
 */
public abstract sealed class Sql permits Reader, Tx {

    /** The first row, or empty. */
    public final <T> Optional<T> one(String statement, Function<Row, T> mapper, Object... parameters) {
        List<T> rows = list(statement, mapper, parameters);
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getFirst());
    }

    /** All rows. The result is in memory: statements limit what they return. */
    public abstract <T> List<T> list(String statement, Function<Row, T> mapper, Object... parameters);

    public final long count(String statement, Object... parameters) {
        return one(statement, row -> row.number("count"), parameters).orElseThrow();
    }

    public final boolean exists(String statement, Object... parameters) {
        return one(statement, row -> true, parameters).isPresent();
    }
}
