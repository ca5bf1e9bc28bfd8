package io.otfd.database;

import io.helidon.dbclient.DbClientException;
import io.helidon.dbclient.DbTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** An open transaction. Whoever takes one as first parameter is inside it and neither commits nor rolls back. */
public final class Tx extends Sql {

    private final DbTransaction transaction;
    private final Statements statements;
    private final List<Runnable> afterCommit = new ArrayList<>();

    Tx(DbTransaction transaction, Statements statements) {
        this.transaction = transaction;
        this.statements = statements;
    }

    @Override
    public <T> List<T> list(String name, Function<Row, T> mapper, Object... parameters) {
        Map<String, Object> values = statements.get(name).values(parameters);
        try (Stream<io.helidon.dbclient.DbRow> rows =
                transaction.createNamedQuery(name).params(values).execute()) {
            return rows.map(row -> mapper.apply(new ClientRow(row))).toList();
        } catch (DbClientException e) {
            throw SqlErrors.translate(e);
        }
    }

    /** Runs a statement that returns no rows; gives the number of rows that it touched. */
    public long update(String name, Object... parameters) {
        Map<String, Object> values = statements.get(name).values(parameters);
        try {
            return transaction.createNamedDmlStatement(name).params(values).execute();
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
}
