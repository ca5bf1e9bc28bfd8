package io.otfd.daemon;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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

/** The few calls that the server's own commands make to a server, over the wire like any client. */
final class ApiClient implements AutoCloseable {

    private final String baseUrl;
    private final String token;
    private final HttpClient client;

    /** @param caFile trusted where it exists */
    ApiClient(String baseUrl, String token, Path caFile) {
        this.baseUrl = baseUrl;
        this.token = token;
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5));
        if (baseUrl.startsWith("https:") && Files.exists(caFile)) {
            builder.sslContext(trusting(caFile));
        }
        this.client = builder.build();
    }

    private static SSLContext trusting(Path caFile) {
        try (InputStream in = Files.newInputStream(caFile)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca" + number++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the CA in " + caFile + " cannot be read", e);
        }
    }

    /** Whether a server answers at all. */
    boolean isHealthy() {
        try {
            return send("GET", "/healthz", Optional.empty()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Status of a call whose answer does not matter. */
    int status(String method, String path, Optional<JsonValue> body) throws IOException {
        return send(method, path, body).statusCode();
    }

    /** The answer's document, or empty for a status of 400 and above. */
    Optional<JsonObject> document(String path) throws IOException {
        HttpResponse<byte[]> response = send("GET", path, Optional.empty());
        return response.statusCode() >= 400 ? Optional.empty() : Optional.of(parse(response));
    }

    /** The document of what was made. */
    JsonObject create(String path, JsonObject document) throws IOException {
        HttpResponse<byte[]> response = send("POST", path, Optional.of(document));
        if (response.statusCode() != 201) {
            throw new IOException("POST " + path + " answered " + response.statusCode());
        }
        return parse(response);
    }

    /** @param url that the server gave out */
    void upload(String url, byte[] body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .PUT(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        int status = send(request).statusCode();
        if (status >= 300) {
            throw new IOException("an upload was answered " + status);
        }
    }

    private static JsonObject parse(HttpResponse<byte[]> response) {
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(response.body()))) {
            return reader.readObject();
        }
    }

    private HttpResponse<byte[]> send(String method, String path, Optional<JsonValue> body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(baseUrl + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/vnd.api+json")
                .method(
                        method,
                        body.map(json -> HttpRequest.BodyPublishers.ofString(json.toString()))
                                .orElseGet(HttpRequest.BodyPublishers::noBody))
                .build();
        return send(request);
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
