package io.otfd.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * A server to test against.
 *
 * @param address scheme, host and port
 * @param token API token of a site admin
 * @param ca PEM file of the CA that signed the server's certificate; empty when the JDK trusts it already
 */
record Server(URI address, String token, Optional<Path> ca) {

    /** As Terraform writes it: host:port. */
    String host() {
        return address.getAuthority();
    }

    URI resolve(String path) {
        return address.resolve(path);
    }

    /** Trusts the server's CA and nothing else. */
    KeyStore trust() {
        try (InputStream pem = Files.newInputStream(ca.orElseThrow())) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("ca-" + number++, certificate);
            }
            return store;
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        } catch (GeneralSecurityException exception) {
            throw new IllegalStateException(exception);
        }
    }

    X509TrustManager trustManager() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(ca.isPresent() ? trust() : null);
            return (X509TrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException exception) {
            throw new IllegalStateException(exception);
        }
    }

    SSLContext tls() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new X509TrustManager[] {trustManager()}, null);
            return context;
        } catch (GeneralSecurityException exception) {
            throw new IllegalStateException(exception);
        }
    }

    HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .sslContext(tls())
                .build();
    }

    /** With the token, and as JSON:API. */
    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("Accept", Api.JSON_API)
                .header("Content-Type", Api.JSON_API);
    }
}
