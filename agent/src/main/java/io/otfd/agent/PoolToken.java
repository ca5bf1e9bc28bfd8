package io.otfd.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The token of an agent pool: given once, or kept in a file that may get another one. Thread-safe. */
public final class PoolToken {

    private final Optional<Path> file;
    private volatile String value;

    private PoolToken(Optional<Path> file, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("The token of an agent pool is missing");
        }
        this.file = file;
        this.value = value;
    }

    public static PoolToken of(String value) {
        return new PoolToken(Optional.empty(), value);
    }

    /** @throws IllegalArgumentException when the file cannot be read or is empty */
    public static PoolToken in(Path file) {
        try {
            return new PoolToken(Optional.of(file), Files.readString(file).strip());
        } catch (IOException e) {
            throw new IllegalArgumentException("The token cannot be read from " + file + ": " + e, e);
        }
    }

    public String value() {
        return value;
    }

    /** Where the token is kept, if it is. */
    public Optional<Path> file() {
        return file;
    }

    /** @return true when the file holds another token now, which is in force from here on */
    boolean readAgain() {
        try {
            String now = file.isPresent() ? Files.readString(file.get()).strip() : value;
            boolean other = !now.isEmpty() && !now.equals(value);
            if (other) {
                value = now;
            }
            return other;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "PoolToken";
    }
}
