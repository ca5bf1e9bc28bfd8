package io.otfd.daemon.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A certificate authority of this installation's own, for servers without a certificate. Its directory holds {@code
 * ca.pem}, which clients are told to trust, {@code ca-key.pem}, and the server's pair in a folder {@code server}, so that
 * the directory itself can serve as SSL_CERT_DIR.
 */
public final class LocalCa {

    private static final Duration AUTHORITY_VALIDITY = Duration.ofDays(3650);
    private static final Duration SERVER_VALIDITY = Duration.ofDays(365);
    private static final Duration RENEWAL = Duration.ofDays(30);

    /** Clients' clocks may be behind. */
    private static final Duration BACKDATED = Duration.ofHours(1);

    private final Path dir;
    private final InstantSource clock;
    private final Certificate authority;

    private LocalCa(Path dir, InstantSource clock, Certificate authority) {
        this.dir = dir;
        this.clock = clock;
        this.authority = authority;
    }

    /**
     * Reads the authority of a directory, or makes one there when there is none or it ends within 30 days.
     *
     * @throws TlsException when half of it is missing or it cannot be read
     */
    public static LocalCa open(Path tlsDir) {
        return open(tlsDir, InstantSource.system());
    }

    static LocalCa open(Path tlsDir, InstantSource clock) {
        try {
            Files.createDirectories(
                    tlsDir, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            Path file = tlsDir.resolve("ca.pem");
            Path keyFile = tlsDir.resolve("ca-key.pem");
            if (Files.exists(file)) {
                if (!Files.exists(keyFile)) {
                    throw new TlsException("The key of the local CA is missing: put back " + keyFile + ", or delete "
                            + file + " to get a new CA, which clients must be told to trust anew.");
                }
                Certificate authority = PemFiles.load(file, keyFile);
                if (lasts(authority.first(), clock)) {
                    return new LocalCa(tlsDir, clock, authority);
                }
            }
            // A certificate never stands beside another's key, even when this is cut short.
            Files.deleteIfExists(file);
            Certificate authority = create(clock);
            PemFiles.save(authority, file, keyFile);
            return new LocalCa(tlsDir, clock, authority);
        } catch (IOException | GeneralSecurityException e) {
            throw new TlsException("The local CA in " + tlsDir + " cannot be made: " + e.getMessage(), e);
        }
    }

    private static Certificate create(InstantSource clock) throws GeneralSecurityException {
        byte[] random = new byte[4];
        new SecureRandom().nextBytes(random);
        KeyPair pair = keyPair();
        // Two authorities of one name would confuse clients that trust both.
        byte[] name = CertificateWriter.name("otfd local CA " + HexFormat.of().formatHex(random));
        Instant now = clock.instant();
        X509Certificate certificate = new CertificateWriter(pair.getPublic(), pair.getPrivate(), name)
                .authority(now.minus(BACKDATED), now.plus(AUTHORITY_VALIDITY));
        return new Certificate(pair.getPrivate(), List.of(certificate));
    }

    /** The file that clients are told to trust. */
    public Path file() {
        return dir.resolve("ca.pem");
    }

    /**
     * The server's certificate for one year: the stored one, or a new one when that ends within 30 days, is for other
     * names, or is not of this authority.
     *
     * @param hosts names and IP addresses besides localhost, 127.0.0.1 and ::1
     */
    public Certificate issue(Set<String> hosts) {
        HostNames names = HostNames.localAnd(hosts);
        try {
            Path folder = Files.createDirectories(
                    dir.resolve("server"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path file = folder.resolve("server.pem");
            Path keyFile = folder.resolve("server-key.pem");
            if (Files.exists(file) && Files.exists(keyFile)) {
                Optional<Certificate> stored = stored(file, keyFile).filter(pair -> usable(pair.first(), names));
                if (stored.isPresent()) {
                    return withAuthority(stored.get());
                }
            }
            KeyPair pair = keyPair();
            Instant now = clock.instant();
            X509Certificate certificate = writer().server(
                            CertificateWriter.name("otfd"),
                            pair.getPublic(),
                            names,
                            now.minus(BACKDATED),
                            now.plus(SERVER_VALIDITY));
            Certificate issued = new Certificate(pair.getPrivate(), List.of(certificate));
            PemFiles.save(issued, file, keyFile);
            return withAuthority(issued);
        } catch (IOException | GeneralSecurityException e) {
            throw new TlsException("A certificate cannot be issued in " + dir + ": " + e.getMessage(), e);
        }
    }

    private CertificateWriter writer() {
        X509Certificate certificate = authority.first();
        return new CertificateWriter(
                certificate.getPublicKey(),
                authority.key(),
                certificate.getSubjectX500Principal().getEncoded());
    }

    private Certificate withAuthority(Certificate server) {
        return new Certificate(server.key(), List.of(server.first(), authority.first()));
    }

    /** A broken pair is as good as none: it is issued anew. */
    private static Optional<Certificate> stored(Path file, Path keyFile) {
        try {
            return Optional.of(PemFiles.load(file, keyFile));
        } catch (TlsException e) {
            return Optional.empty();
        }
    }

    private boolean usable(X509Certificate certificate, HostNames names) {
        try {
            certificate.verify(authority.first().getPublicKey());
            return lasts(certificate, clock) && HostNames.of(certificate).equals(names);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static boolean lasts(X509Certificate certificate, InstantSource clock) {
        return certificate.getNotAfter().toInstant().isAfter(clock.instant().plus(RENEWAL));
    }

    private static KeyPair keyPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }
}
