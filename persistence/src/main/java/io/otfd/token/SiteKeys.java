package io.otfd.token;

import io.otfd.database.Database;
import io.otfd.database.Tx;

/** Keys that all servers on one database share. They live in it, sealed, so that any server can serve what another signed. */
public final class SiteKeys {

    private final Database database;

    public SiteKeys(Database database) {
        this.database = database;
    }

    /** The key of this purpose; made when first asked for. */
    public byte[] key(String purpose) {
        return database.transact(tx -> {
            tx.update("token.insert_key", "purpose", purpose, "key", tx.vault().seal(purpose, Secrets.randomKey()));
            byte[] sealed = tx.one("token.key", row -> row.bytes("key"), "purpose", purpose)
                    .orElseThrow();
            if (tx.vault().isClear(sealed)) {
                sealClear(tx, purpose, sealed);
            }
            return tx.vault().openBytes(purpose, sealed);
        });
    }

    /** An earlier version has stored it in clear. */
    private static void sealClear(Tx tx, String purpose, byte[] clear) {
        byte[] key = tx.vault().openBytes(purpose, clear);
        tx.update("token.update_key", "purpose", purpose, "key", tx.vault().seal(purpose, key));
    }
}
