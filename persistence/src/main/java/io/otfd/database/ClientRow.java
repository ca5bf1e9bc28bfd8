package io.otfd.database;

import io.helidon.dbclient.DbRow;
import java.sql.Array;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;

/** A row of DB Client. {@code get(Class)} is the one read that survives NULL. */
record ClientRow(DbRow row) implements Row {

    @Override
    public String textOrNull(String column) {
        return row.column(column).get(String.class);
    }

    @Override
    public Instant instantOrNull(String column) {
        Timestamp value = row.column(column).get(Timestamp.class);
        return value == null ? null : value.toInstant();
    }

    @Override
    public byte[] bytesOrNull(String column) {
        return row.column(column).get(byte[].class);
    }

    @Override
    public Long numberOrNull(String column) {
        Object value = row.column(column).get(Object.class);
        return value == null ? null : ((Number) value).longValue();
    }

    @Override
    public boolean flag(String column) {
        Boolean value = row.column(column).get(Boolean.class);
        return value != null && value;
    }

    @Override
    public List<String> texts(String column) {
        Object value = row.column(column).get(Object.class);
        if (value == null) {
            return List.of();
        }
        try {
            return List.of((String[]) ((Array) value).getArray());
        } catch (SQLException e) {
            throw SqlErrors.translate(e);
        }
    }
}
