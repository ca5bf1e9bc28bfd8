package io.otfd.database;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;

/** The current row of a JDBC result. */
record ResultRow(ResultSet result) implements Row {

    private interface Read<T> {
        T get() throws SQLException;
    }

    private static <T> T read(Read<T> read) {
        try {
            return read.get();
        } catch (SQLException e) {
            throw SqlErrors.translate(e);
        }
    }

    @Override
    public String textOrNull(String column) {
        return read(() -> result.getString(column));
    }

    @Override
    public Instant instantOrNull(String column) {
        Timestamp value = read(() -> result.getTimestamp(column));
        return value == null ? null : value.toInstant();
    }

    @Override
    public byte[] bytesOrNull(String column) {
        return read(() -> result.getBytes(column));
    }

    @Override
    public Long numberOrNull(String column) {
        return read(() -> {
            long value = result.getLong(column);
            return result.wasNull() ? null : value;
        });
    }

    @Override
    public boolean flag(String column) {
        return read(() -> result.getBoolean(column));
    }

    @Override
    public List<String> texts(String column) {
        return read(() -> {
            Array value = result.getArray(column);
            return value == null ? List.of() : List.of((String[]) value.getArray());
        });
    }
}
