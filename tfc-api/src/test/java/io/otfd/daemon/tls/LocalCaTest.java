package io.otfd.daemon.tls;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalCaTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    private Path dir;

    private LocalCa at(Duration later) {
        return LocalCa.open(dir, InstantSource.fixed(NOW.plus(later)));
    }

    @Test
    void clientsThatTrustTheAuthorityAcceptEveryNameOfTheServerAndNoOther() throws Exception {
        LocalCa authority = LocalCa.open(dir);
        Certificate certificate = authority.issue(Set.of("Build.Example.com", "10.1.2.3"));
        try (TlsServer server = TlsServer.start(certificate)) {
            for (String host : List.of("localhost", "127.0.0.1", "::1", "build.example.com", "10.1.2.3")) {
                assertThat(server.greeting(authority.file(), host), is("hello"));
            }
            for (String host : List.of("example.com", "127.0.0.2", "evil.build.example.com")) {
                assertThrows(SSLHandshakeException.class, () -> server.greeting(authority.file(), host));
            }
        }
    }

    @Test
    void clientsThatTrustAnotherAuthorityRefuse() throws Exception {
        Path other = dir.resolve("other");
        LocalCa.open(other);
        try (TlsServer server = TlsServer.start(LocalCa.open(dir).issue(Set.of()))) {
            assertThrows(SSLHandshakeException.class, () -> server.greeting(other.resolve("ca.pem"), "localhost"));
        }
    }

    @Test
    void filesAreTheAuthorityItsSecretKeyAndTheServersFolder() throws Exception {
        LocalCa.open(dir).issue(Set.of());
        try (Stream<Path> files = Files.list(dir)) {
            assertThat(
                    files.map(file -> file.getFileName().toString()).toList(),
                    containsInAnyOrder("ca.pem", "ca-key.pem", "server"));
        }
        assertThat(permissions("ca-key.pem"), is("rw-------"));
        assertThat(permissions("server/server-key.pem"), is("rw-------"));
        assertThat(permissions("server"), is("rwx------"));
        assertThat(Files.readString(dir.resolve("ca.pem")), not(containsString("KEY")));
    }

    private String permissions(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve(file)));
    }

    @Test
    void certificateIsKeptUntilItsLastThirtyDays() {
        Certificate first = at(Duration.ZERO).issue(Set.of("a.example"));
        assertEquals(
                first.chain(),
                at(Duration.ofDays(334)).issue(Set.of("a.example")).chain());
        Certificate renewed = at(Duration.ofDays(336)).issue(Set.of("a.example"));
        assertNotEquals(first.first(), renewed.first());
        assertEquals(first.chain().getLast(), renewed.chain().getLast());
    }

    @Test
    void otherNamesNeedAnotherCertificate() {
        Certificate first = at(Duration.ZERO).issue(Set.of("a.example"));
        assertNotEquals(
                first.first(), at(Duration.ZERO).issue(Set.of("b.example")).first());
    }

    @Test
    void sameNamesInOtherWordsDoNot() {
        Certificate first = at(Duration.ZERO).issue(Set.of("a.example", "fe80::1"));
        Certificate again = at(Duration.ZERO).issue(Set.of("A.example", "[FE80:0::1]", "localhost"));
        assertEquals(first.first(), again.first());
    }

    @Test
    void missingAuthorityIsReplacedAndItsCertificatesWithIt() throws Exception {
        Certificate first = at(Duration.ZERO).issue(Set.of());
        Files.delete(dir.resolve("ca.pem"));
        Certificate second = at(Duration.ZERO).issue(Set.of());
        assertNotEquals(first.chain().getLast(), second.chain().getLast());
        second.first().verify(second.chain().getLast().getPublicKey());
    }

    @Test
    void authorityThatEndsSoonIsReplaced() {
        Certificate first = at(Duration.ZERO).issue(Set.of());
        Certificate kept = at(Duration.ofDays(3600)).issue(Set.of());
        Certificate second = at(Duration.ofDays(3640)).issue(Set.of());
        assertEquals(first.chain().getLast(), kept.chain().getLast());
        assertNotEquals(first.chain().getLast(), second.chain().getLast());
    }

    @Test
    void authorityWithoutItsKeyIsNotReplacedSilently() throws Exception {
        at(Duration.ZERO);
        Files.delete(dir.resolve("ca-key.pem"));
        assertThat(
                assertThrows(TlsException.class, () -> at(Duration.ZERO)).getMessage(), containsString("ca-key.pem"));
    }

    @Test
    void brokenServerPairIsReplaced() throws Exception {
        at(Duration.ZERO).issue(Set.of());
        Files.writeString(dir.resolve("server/server.pem"), "broken");
        assertThat(at(Duration.ZERO).issue(Set.of()).matches(), is(true));
    }

    @Test
    void yearsFrom2050OnAreWrittenInFull() {
        Instant from = Instant.parse("2049-06-01T00:00:00Z");
        Certificate certificate = LocalCa.open(dir, InstantSource.fixed(from)).issue(Set.of());
        assertThat(certificate.first().getNotAfter().toInstant(), is(from.plus(Duration.ofDays(365))));
        assertThat(certificate.first().getNotBefore().toInstant(), is(from.minus(Duration.ofHours(1))));
    }

    @Test
    void hostNameThatCannotStandInACertificateIsRefused() {
        LocalCa authority = at(Duration.ZERO);
        assertThrows(TlsException.class, () -> authority.issue(Set.of("a".repeat(70) + ".example")));
    }

    @Test
    void opensslAgrees() throws Exception {
        assumeTrue(OpenSsl.present(), "openssl is not installed");
        LocalCa.open(dir).issue(Set.of("build.example.com"));
        OpenSsl.run(
                dir,
                "verify",
                "-x509_strict",
                "-purpose",
                "sslserver",
                "-verify_hostname",
                "build.example.com",
                "-CAfile",
                "ca.pem",
                "server/server.pem");
        OpenSsl.run(
                dir,
                "verify",
                "-x509_strict",
                "-purpose",
                "sslserver",
                "-verify_ip",
                "::1",
                "-CAfile",
                "ca.pem",
                "server/server.pem");
    }
}
