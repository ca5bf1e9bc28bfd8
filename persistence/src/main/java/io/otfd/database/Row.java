package io.otfd.database;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Typed reads of one row, whichever way it was fetched. Columns by name. */
public interface Row {

    /** The value, or null. */
    String textOrNull(String column);

    /** The value, or null. */
    Instant instantOrNull(String column);

    /** The value, or null. */
    byte[] bytesOrNull(String column);

    /** The value, or null. */
    Long numberOrNull(String column);

    boolean flag(String column);

    /** Elements of a {@code text[]}; empty for NULL. */
    List<String> texts(String column);

    default String text(String column) {
        return required(column, textOrNull(column));
    }

    default Optional<String> optionalText(String column) {
        return Optional.ofNullable(textOrNull(column));
    }

    default Instant instant(String column) {
        return required(column, instantOrNull(column));
    }

    default Optional<Instant> optionalInstant(String column) {
        return Optional.ofNullable(instantOrNull(column));
    }

    default byte[] bytes(String column) {
        return required(column, bytesOrNull(column));
    }

    default long number(String column) {
        return required(column, numberOrNull(column));
    }

    default int integer(String column) {
        return Math.toIntExact(number(column));
    }

    default Optional<Long> optionalNumber(String column) {
        return Optional.ofNullable(numberOrNull(column));
    }

    private static <T> T required(String column, T value) {
        if (value == null) {
            throw new IllegalStateException("column " + column + " is NULL");
        }
        return value;
    }
}
