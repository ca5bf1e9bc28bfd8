package io.otfd.token;

import io.otfd.database.Database;

/** Keys that all servers on one database share. They live in it, so that any server can serve what another signed. */
public final class SiteKeys {

    private final Database database;

    public SiteKeys(Database database) {
        this.database = database;
    }

    /** The key of this purpose; made when first asked for. */
    public byte[] key(String purpose) {
        return database.transact(tx -> {
            tx.update("token.insert_key", "purpose", purpose, "key", Secrets.randomKey());
            return tx.one("token.key", row -> row.bytes("key"), "purpose", purpose)
                    .orElseThrow();
        });
    }
}
