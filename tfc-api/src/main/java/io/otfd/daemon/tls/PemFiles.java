package io.otfd.daemon.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys in PEM files. */
public final class PemFiles {

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN ([A-Z ]*PRIVATE KEY)-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private PemFiles() {}

    /**
     * Reads the user's own certificate.
     *
     * @param certificates the server's certificate first, then its issuers
     * @param key not encrypted: PKCS #8, PKCS #1 (RSA) or SEC 1 (EC)
     * @throws TlsException when a file cannot be read or the two do not belong together
     */
    public static Certificate load(Path certificates, Path key) {
        List<X509Certificate> chain = chain(certificates);
        Certificate certificate =
                new Certificate(privateKey(key, chain.getFirst().getPublicKey()), chain);
        if (!certificate.matches()) {
            throw new TlsException("The private key in " + key + " is not that of the certificate in " + certificates
                    + ", whose first certificate must be the server's own.");
        }
        return certificate;
    }

    private static List<X509Certificate> chain(Path file) {
        try {
            List<X509Certificate> chain =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(read(file)))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (chain.isEmpty()) {
                throw new TlsException("There is no certificate in " + file + ".");
            }
            return chain;
        } catch (GeneralSecurityException e) {
            throw new TlsException(file + " is not a certificate in PEM form.", e);
        }
    }

    private static PrivateKey privateKey(Path file, PublicKey publicKey) {
        Matcher key = KEY.matcher(new String(read(file), StandardCharsets.ISO_8859_1));
        if (!key.find()) {
            throw new TlsException("There is no private key in PEM form in " + file + ".");
        }
        if (key.group(1).startsWith("ENCRYPTED") || key.group(2).contains("ENCRYPTED")) {
            throw new TlsException("The private key in " + file + " is encrypted: give one that is not.");
        }
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(key.group(2));
            byte[] wrapped = key.group(1).equals("PRIVATE KEY") ? bytes : wrap(bytes, publicKey);
            return KeyFactory.getInstance(publicKey.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(wrapped));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // The cause may quote the key.
            throw new TlsException("The private key in " + file + " cannot be read, or it is of another kind than the"
                    + " certificate's (" + publicKey.getAlgorithm() + ").");
        }
    }

    /** PKCS #8 around a bare key: the algorithm with its curve stands in the public key as well. */
    private static byte[] wrap(byte[] key, PublicKey publicKey) {
        return Der.sequence(Der.integer(BigInteger.ZERO), Der.firstOf(publicKey.getEncoded()), Der.octets(key));
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new TlsException("There is no file " + file + ".");
        } catch (IOException e) {
            throw new TlsException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Replaces both files; the key is for its owner's eyes. */
    static void save(Certificate certificate, Path certificateFile, Path keyFile)
            throws IOException, GeneralSecurityException {
        write(keyFile, "PRIVATE KEY", certificate.key().getEncoded(), "rw-------");
        write(certificateFile, "CERTIFICATE", certificate.first().getEncoded(), "rw-r--r--");
    }

    private static void write(Path file, String type, byte[] bytes, String permissions) throws IOException {
        String text = "-----BEGIN " + type + "-----\n" + LINES.encodeToString(bytes) + "\n-----END " + type + "-----\n";
        Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
        Files.writeString(fresh, text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
