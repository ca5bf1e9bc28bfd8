package io.otfd.database;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class EmbeddedPostgresTest {

    /** Kept from run to run, so that one test alone pays for the unpacking. */
    private static final Path PROGRAMS = Path.of("target", "test-postgres-programs");

    @TempDir
    private Path dir;

    private EmbeddedPostgres start() {
        return EmbeddedPostgres.start(dir, PROGRAMS);
    }

    @Test
    void firstStartUnpacksProgramsAndDeletesWhatBrokenStartsLeft() throws Exception {
        Path broken = Files.createDirectories(dir.resolve("bin-new-broken/lib"));
        Files.createDirectories(dir.resolve("data.new/base"));
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(dir)) {
            assertThat(text(postgres, "SHOW server_version").split("\\.")[0], is("18"));
            assertFalse(Files.exists(broken));
            assertFalse(Files.exists(dir.resolve("data.new")));
        }
    }

    @Test
    void clusterIsDurableAndOnTheLoopbackAddressAlone() throws Exception {
        try (EmbeddedPostgres postgres = start()) {
            assertThat(text(postgres, "SHOW fsync"), is("on"));
            assertThat(text(postgres, "SHOW synchronous_commit"), is("on"));
            assertThat(text(postgres, "SHOW full_page_writes"), is("on"));
            assertThat(text(postgres, "SHOW listen_addresses"), is("127.0.0.1"));
            assertThat(text(postgres, "SHOW unix_socket_directories"), is(""));
            assertThat(text(postgres, "SHOW server_encoding"), is("UTF8"));
            assertThat(text(postgres, "SELECT upper('ä') || ('a' < 'B')"), is("Äfalse"));
        }
    }

    @Test
    void passwordIsRequiredAndItsFileIsItsOwnersAlone() throws Exception {
        try (EmbeddedPostgres postgres = start()) {
            SQLException refused = assertThrows(
                    SQLException.class,
                    () -> DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), "wrong")
                            .close());
            assertThat(refused.getSQLState(), is("28P01"));
            assertThat(text(postgres, "SELECT DISTINCT auth_method FROM pg_hba_file_rules"), is("scram-sha-256"));
            assertThat(
                    text(postgres, "SELECT left(rolpassword, 13) FROM pg_authid WHERE rolname = current_user"),
                    is("SCRAM-SHA-256"));
        }
        assertThat(
                PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("password"))), is("rw-------"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("data"))), is("rwx------"));
    }

    @Test
    void warmStartKeepsDataPortAndPassword() throws Exception {
        int port;
        String password;
        try (EmbeddedPostgres postgres = start()) {
            run(postgres, "CREATE TABLE kept AS SELECT 42 AS answer");
            port = postgres.port();
            password = postgres.password();
        }
        assertTrue(ClusterPort.free(port), "the server is gone after close");
        try (EmbeddedPostgres postgres = start()) {
            assertThat(text(postgres, "SELECT answer FROM kept"), is("42"));
            assertThat(postgres.port(), is(port));
            assertThat(postgres.password(), is(password));
        }
    }

    @Test
    void takenPortIsReplaced() throws Exception {
        try (EmbeddedPostgres postgres = start()) {
            run(postgres, "CREATE TABLE kept AS SELECT 42 AS answer");
        }
        try (ServerSocket stranger = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            Files.writeString(dir.resolve("port"), Integer.toString(stranger.getLocalPort()));
            try (EmbeddedPostgres postgres = start()) {
                assertThat(postgres.port(), not(stranger.getLocalPort()));
                assertThat(text(postgres, "SELECT answer FROM kept"), is("42"));
                assertThat(Files.readString(dir.resolve("port")).strip(), is(Integer.toString(postgres.port())));
            }
        }
    }

    @Test
    void killedServerComesBackOnItsPortWithWhatWasCommitted() throws Exception {
        try (EmbeddedPostgres postgres = start()) {
            run(postgres, "CREATE TABLE kept AS SELECT 42 AS answer");
            int port = postgres.port();
            ProcessHandle server = ProcessHandle.of(postgres.pid()).orElseThrow();
            assertTrue(server.destroyForcibly());
            server.onExit().get(10, TimeUnit.SECONDS);

            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (ClusterPort.free(port) || !answers(postgres)) {
                assertTrue(System.nanoTime() < deadline, "the server comes back");
                ClusterProcesses.pause();
            }

            assertThat(text(postgres, "SELECT answer FROM kept"), is("42"));
            assertThat(postgres.pid(), not(server.pid()));
        }
    }

    private static boolean answers(EmbeddedPostgres postgres) {
        try {
            return text(postgres, "SELECT 1").equals("1");
        } catch (SQLException e) {
            return false;
        }
    }

    @Test
    void processFileThatNamesAStrangerIsNoObstacleAndTheStrangerLives() throws Exception {
        start().close();
        Process stranger = new ProcessBuilder("sleep", "60").start();
        try {
            Files.writeString(
                    dir.resolve("data/postmaster.pid"), stranger.pid() + "\n" + dir.resolve("data") + "\n1\n5432\n");
            start().close();
            assertTrue(stranger.isAlive());
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void serverOfAKilledProcessIsEndedAndReplaced() throws Exception {
        Process owner = owner();
        long orphan;
        try (BufferedReader lines = owner.inputReader()) {
            orphan = Long.parseLong(lines.readLine());
            assertThat(
                    assertThrows(EmbeddedPostgres.InUseException.class, this::start)
                            .getMessage(),
                    allOf(
                            containsString("process " + owner.pid()),
                            containsString(dir.toRealPath().toString())));
            owner.destroyForcibly().onExit().get(10, TimeUnit.SECONDS);
        }
        assertThat(
                Files.readString(Path.of("/proc", Long.toString(orphan), "comm"))
                        .strip(),
                is("postgres"));
        try (EmbeddedPostgres postgres = start()) {
            assertThat(text(postgres, "SELECT answer FROM kept"), is("42"));
            assertThat(postgres.pid(), not(orphan));
        }
    }

    private Process owner() throws Exception {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName(),
                        dir.toString(),
                        PROGRAMS.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Starts a server, says its number, and waits to be killed. */
    static final class Owner {
        public static void main(String[] arguments) throws Exception {
            EmbeddedPostgres postgres = EmbeddedPostgres.start(Path.of(arguments[0]), Path.of(arguments[1]));
            run(postgres, "CREATE TABLE kept AS SELECT 42 AS answer");
            System.out.println(postgres.pid());
            new java.util.concurrent.CountDownLatch(1).await();
        }
    }

    @Test
    void secondStartInTheSameProcessIsRefusedAndTheFirstKeepsItsLock() throws Exception {
        try (EmbeddedPostgres postgres = start()) {
            assertThrows(EmbeddedPostgres.InUseException.class, this::start);
            assertThrows(EmbeddedPostgres.InUseException.class, this::start);
            assertThat(text(postgres, "SELECT 1"), is("1"));
        }
        start().close();
    }

    @Test
    void clusterOfAnotherMajorVersionIsRefusedUntouched() throws Exception {
        start().close();
        Path version = dir.resolve("data/PG_VERSION");
        Files.writeString(version, "15\n");
        assertThat(
                assertThrows(EmbeddedPostgres.StartException.class, this::start).getMessage(),
                allOf(containsString("PostgreSQL 15"), containsString("18")));
        Files.writeString(version, "18\n");
        start().close();
    }

    @Test
    void failedStartShowsTheEndOfTheServersLog() throws Exception {
        start().close();
        Files.writeString(dir.resolve("data/postgresql.auto.conf"), "no_such_setting = 1\n");
        assertThat(
                assertThrows(EmbeddedPostgres.StartException.class, this::start).getMessage(),
                containsString("no_such_setting"));
    }

    @Test
    void platformNamesItsArchive() {
        assertThat(EmbeddedPlatform.of("Linux", "amd64", false).archive(), is("postgres-linux-x86_64.txz"));
        assertThat(
                EmbeddedPlatform.of("Linux", "aarch64", true).archive(), is("postgres-linux-arm_64-alpine_linux.txz"));
        assertThat(EmbeddedPlatform.of("Mac OS X", "aarch64", false).archive(), is("postgres-darwin-arm_64.txz"));
    }

    private static String text(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void run(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
    }
}
