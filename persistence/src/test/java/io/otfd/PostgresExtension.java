package io.otfd;

import io.otfd.database.DatabaseUrl;
import io.otfd.database.EmbeddedPostgres;
import io.otfd.database.Migrator;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test class a database of its own, migrated, as a parameter {@link TestDatabase} of its constructor or of
 * any of its methods. All classes of a JVM share one server: an embedded one below {@code target}, or the one that
 * OTFD_TEST_DATABASE names (a URL whose user may create databases).
 */
public final class PostgresExtension implements BeforeAllCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(PostgresExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        // A nested class shares what its outer class has.
        ExtensionContext.Store store = context.getStore(NAMESPACE);
        if (store.get(ClassDatabase.class) == null) {
            Server server = context.getRoot()
                    .getStore(NAMESPACE)
                    .computeIfAbsent(Server.class, type -> Server.start(), Server.class);
            store.put(ClassDatabase.class, server.create());
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestDatabase.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(NAMESPACE)
                .get(ClassDatabase.class, ClassDatabase.class)
                .database();
    }

    private record ClassDatabase(Server server, String name, TestDatabase database) implements AutoCloseable {
        @Override
        public void close() throws SQLException {
            server.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
        }
    }

    private record Server(TestDatabase main, String template, AtomicInteger count, Runnable stop)
            implements AutoCloseable {

        static Server start() {
            String external = System.getenv("OTFD_TEST_DATABASE");
            try {
                return external == null ? embedded() : external(DatabaseUrl.parse(external));
            } catch (SQLException e) {
                throw new IllegalStateException("no database for tests", e);
            }
        }

        private static Server external(DatabaseUrl url) throws SQLException {
            return migrated(new TestDatabase(url.jdbcUrl(), url.user(), url.password()), () -> {});
        }

        /** The directory stays from run to run: what a killed run left is ended and reused. */
        private static Server embedded() throws SQLException {
            EmbeddedPostgres postgres = null;
            for (int number = 0; postgres == null; number++) {
                try {
                    postgres = EmbeddedPostgres.start(
                            Path.of("target", "test-postgres-" + number), Path.of("target", "test-postgres-programs"));
                } catch (EmbeddedPostgres.InUseException e) {
                    // Another JVM tests at the same time.
                }
            }
            try {
                return prepared(postgres);
            } catch (SQLException | RuntimeException e) {
                postgres.close();
                throw e;
            }
        }

        private static Server prepared(EmbeddedPostgres postgres) throws SQLException {
            Server server = new Server(
                    new TestDatabase(postgres.jdbcUrl(), postgres.user(), postgres.password()),
                    "",
                    new AtomicInteger(),
                    postgres::close);
            for (String name : server.leftovers()) {
                server.execute("DROP DATABASE " + name + " WITH (FORCE)");
            }
            // Tests need not survive a power failure.
            server.execute("ALTER SYSTEM SET fsync = off");
            server.execute("ALTER SYSTEM SET synchronous_commit = off");
            server.execute("SELECT pg_reload_conf()");
            return migrated(server.main, postgres::close);
        }

        private static Server migrated(TestDatabase main, Runnable stop) throws SQLException {
            String template = "otfd_test_" + ProcessHandle.current().pid();
            Server server = new Server(main, template, new AtomicInteger(), stop);
            server.execute("DROP DATABASE IF EXISTS " + template);
            server.execute("CREATE DATABASE " + template);
            Migrator.migrate(server.named(template).jdbcUrl(), main.user(), main.password());
            return server;
        }

        ClassDatabase create() {
            String name = template + "_" + count.incrementAndGet();
            try {
                execute("CREATE DATABASE " + name + " TEMPLATE " + template);
            } catch (SQLException e) {
                throw new IllegalStateException("no database " + name, e);
            }
            return new ClassDatabase(this, name, named(name));
        }

        private TestDatabase named(String database) {
            String url = main.jdbcUrl().replaceFirst("(//[^/]+/)[^?]*", "$1" + database);
            return new TestDatabase(url, main.user(), main.password());
        }

        private List<String> leftovers() throws SQLException {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT datname FROM pg_database WHERE starts_with(datname, 'otfd_test_')")) {
                List<String> names = new ArrayList<>();
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
                return names;
            }
        }

        private void execute(String sql) throws SQLException {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        private Connection connect() throws SQLException {
            return DriverManager.getConnection(main.jdbcUrl(), main.user(), main.password());
        }

        @Override
        public void close() throws SQLException {
            try {
                execute("DROP DATABASE IF EXISTS " + template + " WITH (FORCE)");
            } finally {
                stop.run();
            }
        }
    }
}
