package io.otfd.agent;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that wants to see the agent's certificate, and is called by another name than its own. */
class ClientKeysTest {

    private static final char[] PASSWORD = "password".toCharArray();

    @TempDir
    Path directory;

    private HttpsServer server;
    private Path serverCert;
    private Path clientCert;
    private Path clientKey;

    @BeforeEach
    void serve() throws Exception {
        KeyStore own = pair("server", "EC");
        serverCert = certificate(own);
        KeyStore agent = pair("client", "RSA");
        clientCert = certificate(agent);
        clientKey =
                pem("client.key", "PRIVATE KEY", agent.getKey("pair", PASSWORD).getEncoded());
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), new TrustManager[] {Trust.of(java.util.List.of(clientCert))}, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = context.getDefaultSSLParameters();
                wanted.setNeedClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    @Test
    void theAgentShowsItsCertificate() throws Exception {
        assertThat(get(Optional.of(clientCert), Optional.of(clientKey), Optional.of("otfd.example.com")), is(204));
    }

    @Test
    void withoutOneItIsTurnedAway() {
        assertThrows(IOException.class, () -> get(Optional.empty(), Optional.empty(), Optional.of("otfd.example.com")));
    }

    @Test
    void theNameInTheServersCertificateCounts() {
        for (Optional<String> other : java.util.List.of(Optional.<String>empty(), Optional.of("other.example.com"))) {
            assertThrows(IOException.class, () -> get(Optional.of(clientCert), Optional.of(clientKey), other));
        }
    }

    @Test
    void whatIsNoKeyIsRefusedWithASentence() throws Exception {
        Path text = Files.writeString(directory.resolve("text"), "no key");

        AgentRefused refused = assertThrows(
                AgentRefused.class, () -> get(Optional.of(clientCert), Optional.of(text), Optional.empty()));
        assertThat(refused.getMessage(), containsString("PKCS #8"));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Tls(Optional.empty(), Optional.of(clientCert), Optional.empty(), Optional.empty()));
    }

    private int get(Optional<Path> cert, Optional<Path> key, Optional<String> name) throws IOException {
        URI address = URI.create("https://127.0.0.1:" + server.getAddress().getPort());
        AgentConfig config = AgentConfig.of(address, "t", directory)
                .withEnvironment(Map.of())
                .withTls(new Tls(Optional.of(serverCert), cert, key, name));
        try (AgentHttp http = new AgentHttp(config, line -> {})) {
            OkHttpClient client = http.plain();
            try (Response response = client.newCall(
                            new Request.Builder().url(address.toString()).build())
                    .execute()) {
                return response.code();
            }
        }
    }

    private KeyStore pair(String name, String algorithm) throws Exception {
        Path file = directory.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "pair",
                        "-keyalg",
                        algorithm,
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=dns:otfd.example.com",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor(), is(0));
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private Path certificate(KeyStore store) throws Exception {
        byte[] encoded = store.getCertificate("pair").getEncoded();
        return pem("cert-" + encoded.length + ".pem", "CERTIFICATE", encoded);
    }

    private Path pem(String name, String kind, byte[] content) throws IOException {
        return Files.writeString(
                directory.resolve(name),
                "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                        + kind + "-----\n");
    }
}
