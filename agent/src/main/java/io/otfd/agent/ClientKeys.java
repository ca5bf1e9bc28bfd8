package io.otfd.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** What the agent shows a server, or a proxy before it, that asks for a client certificate. */
final class ClientKeys {

    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519");

    private ClientKeys() {}

    /**
     * @return null, which means none, when no certificate was given
     * @throws AgentRefused when a file is unreadable, or key and certificate do not fit
     */
    static KeyManager[] of(Tls tls) {
        if (tls.clientCert().isEmpty()) {
            return null;
        }
        Path keyFile = tls.clientKey().orElseThrow();
        List<Certificate> chain = Trust.certificates(tls.clientCert().get());
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setKeyEntry("agent", key(keyFile), new char[0], chain.toArray(Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, new char[0]);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw new AgentRefused("The client certificate cannot be used: " + e.getMessage());
        }
    }

    private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
        Matcher pem = PKCS8.matcher(Files.readString(file));
        if (!pem.find()) {
            throw new AgentRefused(
                    "The file " + file + " holds no private key that can be read: it must be PEM, PKCS #8,"
                            + " without a password (openssl pkcs8 -topk8 -nocrypt)");
        }
        PKCS8EncodedKeySpec encoded =
                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (InvalidKeySpecException e) {
                // Of another algorithm.
            }
        }
        throw new AgentRefused("The file " + file + " holds a private key that is none of " + ALGORITHMS);
    }
}
