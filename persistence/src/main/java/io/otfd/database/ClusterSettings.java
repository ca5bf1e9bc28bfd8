package io.otfd.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The server's configuration, written anew at each start. ALTER SYSTEM still wins over it. */
record ClusterSettings(int port) {

    void write(Path data) throws IOException {
        replace(data.resolve("postgresql.conf"), configuration());
        replace(data.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
    }

    private static void replace(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Durable and small: no parallel workers, I/O workers, JIT or replication. Failed statements are told to the client
     * and not logged, because their text may carry what the log must not.
     */
    private String configuration() {
        return """
            # Written by otfd at each start: use ALTER SYSTEM for changes of your own.
            listen_addresses = '127.0.0.1'
            port = %d
            unix_socket_directories = ''
            password_encryption = 'scram-sha-256'
            max_connections = 100
            shared_buffers = '128MB'
            fsync = on
            synchronous_commit = on
            full_page_writes = on
            wal_level = minimal
            max_wal_senders = 0
            max_logical_replication_workers = 0
            max_parallel_workers_per_gather = 0
            max_parallel_maintenance_workers = 0
            io_method = 'sync'
            jit = off
            timezone = 'UTC'
            log_timezone = 'UTC'
            lc_messages = 'C'
            log_checkpoints = off
            log_min_messages = 'log'
            log_min_error_statement = 'panic'
            log_error_verbosity = 'terse'
            """.formatted(port);
    }
}
