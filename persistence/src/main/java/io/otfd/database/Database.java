package io.otfd.database;

import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.DbClientException;
import io.helidon.dbclient.DbTransaction;
import io.helidon.dbclient.jdbc.JdbcClientBuilder;
import io.otfd.encryption.MasterKeys;
import io.otfd.encryption.Vault;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only way to PostgreSQL: DB Client's transactions and updates, and rows read by JDBC on the same connection.
 * Everything is materialised, every connection goes back, and failures come out as {@link io.otfd.Refusal} where they
 * mean something.
 */
public final class Database implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int MAX_ATTEMPTS = 5;

    /** One connection in so many may be with a transaction that stores much. */
    private static final int SHARE = 4;

    private final Statements statements;
    private final DbClient client;
    private final HikariPool pool;
    private final DatabaseUrl url;
    private final DataKeys keys;
    private final Vault vault;
    private final Semaphore turns;

    private Database(
            Statements statements,
            DbClient client,
            HikariPool pool,
            DatabaseUrl url,
            MasterKeys masters,
            int poolSize) {
        this.statements = statements;
        this.client = client;
        this.pool = pool;
        this.url = url;
        this.turns = new Semaphore(Math.max(1, poolSize / SHARE), true);
        this.keys = new DataKeys(this, masters);
        this.vault = new Vault(keys);
    }

    /**
     * Opens the pool; the schema is there already ({@link Migrator}).
     *
     * @throws IllegalStateException when what is stored was sealed with other master keys
     */
    public static Database open(DatabaseUrl url, int poolSize, MasterKeys masters) {
        Statements statements = Statements.load();
        HikariPool pool = HikariPool.create(url, poolSize);
        DbClient client = JdbcClientBuilder.create()
                .connectionPool(pool)
                .statements(statements.forClient())
                .build();
        Database database = new Database(statements, client, pool, url, masters, poolSize);
        try {
            database.keys.open();
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** Identifiers of the master keys without which the database cannot be opened; none when it is new. Changes nothing. */
    public static Set<String> masterKeys(DatabaseUrl url) {
        return DataKeys.masters(url);
    }

    public DatabaseUrl url() {
        return url;
    }

    /** Runs the work in one transaction; runs it again when it collides with another one. */
    public <T> T transact(Function<Tx, T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(work);
            } catch (SqlErrors.Serialization e) {
                if (attempt == MAX_ATTEMPTS) {
                    throw e;
                }
                LOG.debug("transaction collided, attempt {}", attempt);
            }
        }
    }

    public void transactVoid(Consumer<Tx> work) {
        transact(tx -> {
            work.accept(tx);
            return null;
        });
    }

    /**
     * The same for work that keeps its connection as long as it takes to store something large. Only some run at once: the
     * others wait here, without a connection, so that all other work finds one.
     */
    public void transactInTurn(Consumer<Tx> work) {
        turns.acquireUninterruptibly();
        try {
            transactVoid(work);
        } finally {
            turns.release();
        }
    }

    private <T> T once(Function<Tx, T> work) {
        Tx tx;
        T result;
        // Closing rolls back what is not committed. DB Client closes, too; a second time does nothing.
        try (Connection connection = pool.connection()) {
            connection.setAutoCommit(false);
            DbTransaction transaction = client.transaction();
            tx = new Tx(transaction, connection, pool, statements, vault);
            result = work.apply(tx);
            if (tx.updated()) {
                transaction.commit();
            } else {
                connection.commit();
            }
        } catch (DbClientException | SQLException e) {
            throw SqlErrors.translate(e);
        }
        tx.afterCommit().forEach(Runnable::run);
        return result;
    }

    /** Runs reads outside a transaction, all on one connection. */
    public <T> T read(Function<Reader, T> work) {
        try (Connection connection = pool.connection()) {
            return work.apply(new Reader(connection, statements, vault));
        } catch (SQLException e) {
            throw SqlErrors.translate(e);
        }
    }

    /** For what is read chunk by chunk; within a transaction it is {@link Sql#vault()}. */
    public Vault vault() {
        return vault;
    }

    /** How many named statements have been executed since the start. */
    public long executedStatements() {
        return statements.executed();
    }

    @Override
    public void close() {
        client.close();
        pool.close();
    }
}
