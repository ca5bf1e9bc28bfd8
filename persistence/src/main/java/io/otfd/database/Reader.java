package io.otfd.database;

import io.otfd.encryption.Vault;
import java.sql.Connection;

/** Reads outside a transaction, each statement with a snapshot of its own. */
public final class Reader extends Sql {

    Reader(Connection connection, Statements statements, Vault vault) {
        super(connection, statements, vault);
    }
}
