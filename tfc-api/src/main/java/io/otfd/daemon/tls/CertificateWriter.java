package io.otfd.daemon.tls;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;

/** Writes X.509 certificates (RFC 5280) and signs them with a P-256 key. */
record CertificateWriter(PublicKey issuerKey, PrivateKey signer, byte[] issuerName) {

    private static final int SERIAL_BITS = 127;

    static byte[] name(String commonName) {
        return Der.sequence(Der.set(Der.sequence(Der.identifier("2.5.4.3"), Der.text(commonName))));
    }

    X509Certificate authority(Instant from, Instant until) throws GeneralSecurityException {
        return certificate(
                issuerName,
                issuerKey,
                from,
                until,
                // May issue certificates of servers, not of further authorities.
                critical("2.5.29.19", Der.sequence(Der.yes(), Der.integer(BigInteger.ZERO))),
                // keyCertSign and cRLSign
                critical("2.5.29.15", Der.bits(1, (byte) 0x06)),
                extension("2.5.29.14", Der.octets(keyIdentifier(issuerKey))));
    }

    X509Certificate server(byte[] subject, PublicKey key, HostNames hosts, Instant from, Instant until)
            throws GeneralSecurityException {
        return certificate(
                subject,
                key,
                from,
                until,
                critical("2.5.29.19", Der.sequence()),
                // digitalSignature
                critical("2.5.29.15", Der.bits(7, (byte) 0x80)),
                // serverAuth
                extension("2.5.29.37", Der.sequence(Der.identifier("1.3.6.1.5.5.7.3.1"))),
                extension("2.5.29.17", hosts.encoded()),
                extension("2.5.29.14", Der.octets(keyIdentifier(key))),
                extension("2.5.29.35", Der.sequence(Der.implicit(0, keyIdentifier(issuerKey)))));
    }

    private X509Certificate certificate(
            byte[] subject, PublicKey key, Instant from, Instant until, byte[]... extensions)
            throws GeneralSecurityException {
        byte[] algorithm = Der.sequence(Der.identifier("1.2.840.10045.4.3.2"));
        byte[] body = Der.sequence(
                // Version 3
                Der.explicit(0, Der.integer(BigInteger.TWO)),
                Der.integer(new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS - 1)),
                algorithm,
                issuerName,
                Der.sequence(Der.time(from), Der.time(until)),
                subject,
                key.getEncoded(),
                Der.explicit(3, Der.sequence(extensions)));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(signer);
        signature.update(body);
        byte[] whole = Der.sequence(body, algorithm, Der.bits(0, signature.sign()));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
    }

    private static byte[] critical(String identifier, byte[] value) {
        return Der.sequence(Der.identifier(identifier), Der.yes(), Der.octets(value));
    }

    private static byte[] extension(String identifier, byte[] value) {
        return Der.sequence(Der.identifier(identifier), Der.octets(value));
    }

    /** RFC 7093, method 1: 160 bits of the key's SHA-256. */
    private static byte[] keyIdentifier(PublicKey key) throws GeneralSecurityException {
        return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()), 20);
    }
}
