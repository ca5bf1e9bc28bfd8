package io.otfd.database;

import java.sql.Connection;

/** Reads outside a transaction, each statement with a snapshot of its own. */
public final class Reader extends Sql {

    Reader(Connection connection, Statements statements) {
        super(connection, statements);
    }
}
