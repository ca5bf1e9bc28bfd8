package io.otfd.database;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the schema up to date, under a lock, so that several servers may start at once. */
public final class Migrator {

    private static final Logger LOG = LoggerFactory.getLogger(Migrator.class);

    private Migrator() {}

    public static void migrate(String jdbcUrl, String user, String password) {
        long start = System.nanoTime();
        MigrateResult result = Flyway.configure(Migrator.class.getClassLoader())
                .dataSource(jdbcUrl, user, password)
                .locations("classpath:io/otfd/database")
                .validateMigrationNaming(true)
                .load()
                .migrate();
        if (result.migrationsExecuted > 0) {
            LOG.info(
                    "migrated schema version={} migrations={} ms={}",
                    result.targetSchemaVersion,
                    result.migrationsExecuted,
                    (System.nanoTime() - start) / 1_000_000);
        }
    }
}
