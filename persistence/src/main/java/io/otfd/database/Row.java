package io.otfd.database;

import io.otfd.encryption.Vault;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Typed reads of the current row of a result. Columns by name. */
public final class Row {

    private final ResultSet result;
    private final Vault vault;

    Row(ResultSet result, Vault vault) {
        this.result = result;
        this.vault = vault;
    }

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

    /** The value, or null. */
    public String textOrNull(String column) {
        return read(() -> result.getString(column));
    }

    /** The value, or null. */
    public Instant instantOrNull(String column) {
        Timestamp value = read(() -> result.getTimestamp(column));
        return value == null ? null : value.toInstant();
    }

    /** The value, or null. */
    public byte[] bytesOrNull(String column) {
        return read(() -> result.getBytes(column));
    }

    /** The value, or null. */
    public Long numberOrNull(String column) {
        return read(() -> {
            long value = result.getLong(column);
            return result.wasNull() ? null : value;
        });
    }

    public boolean flag(String column) {
        return read(() -> result.getBoolean(column));
    }

    /** Elements of a {@code text[]}; empty for NULL. */
    public List<String> texts(String column) {
        return read(() -> {
            Array value = result.getArray(column);
            return value == null ? List.of() : List.of((String[]) value.getArray());
        });
    }

    public String text(String column) {
        return required(column, textOrNull(column));
    }

    public Optional<String> optionalText(String column) {
        return Optional.ofNullable(textOrNull(column));
    }

    public Instant instant(String column) {
        return required(column, instantOrNull(column));
    }

    public Optional<Instant> optionalInstant(String column) {
        return Optional.ofNullable(instantOrNull(column));
    }

    public byte[] bytes(String column) {
        return required(column, bytesOrNull(column));
    }

    /** What was sealed for this owner. */
    public String secret(String column, String owner) {
        return vault.open(owner, bytes(column));
    }

    public long number(String column) {
        return required(column, numberOrNull(column));
    }

    public int integer(String column) {
        return Math.toIntExact(number(column));
    }

    public Optional<Long> optionalNumber(String column) {
        return Optional.ofNullable(numberOrNull(column));
    }

    private static <T> T required(String column, T value) {
        if (value == null) {
            throw new IllegalStateException("column " + column + " is NULL");
        }
        return value;
    }
}
