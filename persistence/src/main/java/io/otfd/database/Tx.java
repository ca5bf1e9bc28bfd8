package io.otfd.database;

import io.helidon.dbclient.DbClientException;
import io.helidon.dbclient.DbTransaction;
import io.otfd.encryption.Vault;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;

/** An open transaction. Whoever takes one as first parameter is inside it and neither commits nor rolls back. */
public final class Tx extends Sql {

    private final DbTransaction transaction;
    private final Connection connection;
    private final HikariPool pool;
    private final Statements statements;
    private final List<Runnable> afterCommit = new ArrayList<>();
    private boolean updated;

    /** @param connection the one that the transaction's updates shall run on, too */
    Tx(DbTransaction transaction, Connection connection, HikariPool pool, Statements statements, Vault vault) {
        super(connection, statements, vault);
        this.transaction = transaction;
        this.connection = connection;
        this.pool = pool;
        this.statements = statements;
    }

    /** Runs a statement that returns no rows; gives the number of rows that it touched. */
    public long update(String name, Object... parameters) {
        List<Object> values = statements.execute(name).values(parameters);
        updated = true;
        try {
            return pool.lend(
                    connection,
                    () -> transaction
                            .createNamedDmlStatement(name)
                            .params(values)
                            .execute());
        } catch (DbClientException e) {
            throw SqlErrors.translate(e);
        }
    }

    /** Runs in this process once the transaction is committed, and not at all when it is rolled back. */
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    List<Runnable> afterCommit() {
        return afterCommit;
    }

    /** DB Client warns of a commit where it has executed nothing. */
    boolean updated() {
        return updated;
    }
}
