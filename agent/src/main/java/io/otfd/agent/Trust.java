package io.otfd.agent;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Whom the agent believes: the Java runtime's roots and those of PEM files. */
final class Trust {

    private Trust() {}

    /** @throws AgentRefused when a file is unreadable or holds no certificate */
    static X509TrustManager of(List<Path> pemFiles) {
        try {
            if (pemFiles.isEmpty()) {
                return manager(null);
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int index = 0;
            for (X509Certificate root : manager(null).getAcceptedIssuers()) {
                store.setCertificateEntry("root-" + index++, root);
            }
            for (Path file : pemFiles) {
                for (Certificate certificate : certificates(file)) {
                    store.setCertificateEntry("own-" + index++, certificate);
                }
            }
            return manager(store);
        } catch (GeneralSecurityException | IOException e) {
            throw new AgentRefused("The trusted certificates cannot be read: " + e.getMessage());
        }
    }

    /** @throws AgentRefused when the file is unreadable or holds no certificate */
    static List<Certificate> certificates(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            List<Certificate> found =
                    List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
            if (found.isEmpty()) {
                throw new AgentRefused("The file " + file + " holds no certificate");
            }
            return found;
        } catch (IOException | GeneralSecurityException e) {
            throw new AgentRefused("The certificates in " + file + " cannot be read: " + e);
        }
    }

    private static X509TrustManager manager(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        TrustManager[] managers = factory.getTrustManagers();
        return Arrays.stream(managers)
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
