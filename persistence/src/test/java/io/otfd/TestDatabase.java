package io.otfd;

import io.otfd.database.Database;
import io.otfd.database.DatabaseUrl;
import io.otfd.encryption.MasterKeys;

/** A migrated database of a test class's own. */
public record TestDatabase(String jdbcUrl, String user, String password) {

    /** All of them: a test may open its database again. */
    private static final MasterKeys KEYS = MasterKeys.parse(MasterKeys.random());

    public Database open(int poolSize) {
        return open(poolSize, KEYS);
    }

    public Database open(int poolSize, MasterKeys keys) {
        return Database.open(url(), poolSize, keys);
    }

    public DatabaseUrl url() {
        return new DatabaseUrl(jdbcUrl, user, password);
    }
}
