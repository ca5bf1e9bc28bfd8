package io.otfd.database;

import io.otfd.encryption.DataKey;
import io.otfd.encryption.MasterKey;
import io.otfd.encryption.MasterKeys;
import io.otfd.encryption.Vault;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data keys of a database. Opening them makes the first one, and where the first master key is a new one, wraps all of
 * them with it and begins another. Other servers may go on meanwhile: they have unwrapped what they need, and read keys
 * that they do not know yet.
 */
final class DataKeys implements Vault.Keys {

    private static final Logger LOG = LoggerFactory.getLogger(DataKeys.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    private final Database database;
    private final MasterKeys masters;
    private final Map<Integer, DataKey> known = new ConcurrentHashMap<>();
    private volatile DataKey current;

    DataKeys(Database database, MasterKeys masters) {
        this.database = database;
        this.masters = masters;
    }

    /** A row of the table. */
    private record Wrapped(int id, Optional<String> master, byte[] bytes) {

        static Wrapped of(Row row) {
            return new Wrapped(row.integer("id"), row.optionalText("master_key"), row.bytes("wrapped"));
        }

        byte[] unwrap(MasterKeys masters) {
            return master.map(name -> masters.find(name)
                            .orElseThrow(() -> new IllegalStateException("data key " + id
                                    + " is wrapped by encryption key " + name + ", which this server does not have"))
                            .unwrap(bytes))
                    .orElse(bytes);
        }
    }

    /** Looked up before there is a schema, and so without a named statement. */
    static Set<String> masters(DatabaseUrl url) {
        Set<String> masters = new TreeSet<>();
        try (Connection connection = DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
                Statement statement = connection.createStatement()) {
            if (isThere(statement)) {
                try (ResultSet rows = statement.executeQuery(
                        "SELECT DISTINCT master_key FROM data_key WHERE master_key IS NOT NULL")) {
                    while (rows.next()) {
                        masters.add(rows.getString(1));
                    }
                }
            }
            return masters;
        } catch (SQLException e) {
            throw SqlErrors.translate(e);
        }
    }

    private static boolean isThere(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT to_regclass('data_key') IS NOT NULL")) {
            rows.next();
            return rows.getBoolean(1);
        }
    }

    /** @throws IllegalStateException when a master key is missing; nothing is changed then */
    void open() {
        List<Wrapped> all = database.transact(tx -> {
            tx.update("data_key.lock");
            rewrap(tx);
            return tx.list("data_key.all", Wrapped::of);
        });
        for (Wrapped wrapped : all) {
            current = new DataKey(wrapped.id(), wrapped.unwrap(masters));
            known.put(wrapped.id(), current);
        }
    }

    private void rewrap(Tx tx) {
        MasterKey first = masters.first();
        List<Wrapped> all = tx.list("data_key.all", Wrapped::of);
        boolean fresh = all.isEmpty();
        for (Wrapped wrapped : all) {
            byte[] key = wrapped.unwrap(masters);
            if (!wrapped.master().equals(Optional.of(first.id()))) {
                tx.update("data_key.wrap", "id", wrapped.id(), "master_key", first.id(), "wrapped", first.wrap(key));
                LOG.info("wrapped data_key={} encryption_key={}", wrapped.id(), first.id());
                fresh = true;
            }
        }
        if (fresh) {
            byte[] key = new byte[BYTES];
            RANDOM.nextBytes(key);
            tx.update("data_key.insert", "master_key", first.id(), "wrapped", first.wrap(key));
            LOG.info("made a data key encryption_key={}", first.id());
        }
    }

    @Override
    public DataKey current() {
        return current;
    }

    /** One that is unknown may have been made by another server since. */
    @Override
    public DataKey get(int id) {
        DataKey key = known.get(id);
        return key != null ? key : known.computeIfAbsent(id, this::load);
    }

    private DataKey load(int id) {
        Wrapped wrapped = database.read(sql -> sql.one("data_key.by_id", Wrapped::of, "id", id))
                .orElseThrow(() -> new IllegalStateException("there is no data key " + id));
        return new DataKey(id, wrapped.unwrap(masters));
    }
}
