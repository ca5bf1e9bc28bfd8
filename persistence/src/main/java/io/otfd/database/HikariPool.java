package io.otfd.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.helidon.dbclient.jdbc.JdbcConnectionPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;

/** The pool under DB Client, with the settings that we choose. */
final class HikariPool implements JdbcConnectionPool, AutoCloseable {

    /** Longer than a fail-over of a second, shorter than a client's patience. */
    private static final long CONNECTION_TIMEOUT_MILLIS = 3_000;

    private final HikariDataSource source;
    private final ThreadLocal<Connection> lent = new ThreadLocal<>();

    private HikariPool(HikariDataSource source) {
        this.source = source;
    }

    static HikariPool create(DatabaseUrl url, int size) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url.jdbcUrl());
        config.setUsername(url.user());
        config.setPassword(url.password());
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(Math.min(2, size));
        config.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
        config.setInitializationFailTimeout(-1);
        config.setPoolName("otfd");
        config.addDataSourceProperty("ApplicationName", "otfd");
        // A statement earns a server-side plan at its third use, and connections live long.
        config.addDataSourceProperty("prepareThreshold", "3");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("socketTimeout", "60");
        return new HikariPool(new HikariDataSource(config));
    }

    /**
     * What asks for a connection meanwhile, on this thread, is given this one: the first update of a transaction of DB
     * Client, which has no other way to be told.
     */
    <T> T lend(Connection connection, Supplier<T> work) {
        lent.set(connection);
        try {
            return work.get();
        } finally {
            lent.remove();
        }
    }

    @Override
    public Connection connection() {
        Connection given = lent.get();
        if (given != null) {
            return given;
        }
        try {
            return source.getConnection();
        } catch (SQLException e) {
            throw SqlErrors.translate(e);
        }
    }

    @Override
    public String dbType() {
        return "jdbc:postgresql";
    }

    @Override
    public void close() {
        source.close();
    }
}
