package io.otfd.daemon.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a server shows and signs with.
 *
 * @param chain the server's certificate first, its issuers after it
 */
public record Certificate(PrivateKey key, List<X509Certificate> chain) {

    public Certificate {
        chain = List.copyOf(chain);
    }

    X509Certificate first() {
        return chain.getFirst();
    }

    /** Whether the private key is that of the certificate. */
    boolean matches() {
        String algorithm = switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> key.getAlgorithm();
        };
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update((byte) 1);
            byte[] signed = signature.sign();
            signature.initVerify(first().getPublicKey());
            signature.update((byte) 1);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** The key stays out of logs. */
    @Override
    public String toString() {
        return "Certificate[" + first().getSubjectX500Principal() + "]";
    }
}
