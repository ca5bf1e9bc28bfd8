package io.otfd.agent;

import io.otfd.agent.protocol.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.ConnectionPool;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import retrofit2.Retrofit;

/** The agent's way to the network: one connection pool, seen with credentials and without. */
final class AgentHttp implements AutoCloseable {

    /** Beyond the longest time for which the server may hold an answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(75);

    private final AgentConfig config;
    private final AgentLog log;
    private final OkHttpClient plain;
    private final OkHttpClient authorized;

    /** Empty until registered. Written by registration, read by every call. */
    private volatile Credentials credentials = new Credentials("", "");

    private record Credentials(String agentId, String sessionToken) {}

    AgentHttp(AgentConfig config, AgentLog log) {
        this.config = config;
        this.log = log;
        EnvironmentProxies proxies = new EnvironmentProxies(config.environment());
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectTimeout(Duration.ofSeconds(10))
                .readTimeout(PATIENCE)
                .writeTimeout(PATIENCE)
                .connectionPool(new ConnectionPool(4 + 3 * config.concurrency(), 1, TimeUnit.MINUTES))
                .proxySelector(proxies)
                .proxyAuthenticator(proxies);
        List<Path> pemFiles = new ArrayList<>();
        config.tls().caFile().ifPresent(pemFiles::add);
        String system = config.environment().getOrDefault("SSL_CERT_FILE", "");
        if (!system.isEmpty() && java.nio.file.Files.isReadable(Path.of(system))) {
            pemFiles.add(Path.of(system));
        }
        secure(builder, Trust.of(pemFiles));
        this.plain = builder.build();
        this.authorized = plain.newBuilder().addInterceptor(this::authorize).build();
    }

    private void secure(OkHttpClient.Builder builder, X509TrustManager manager) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(ClientKeys.of(config.tls()), new TrustManager[] {manager}, null);
            builder.sslSocketFactory(context.getSocketFactory(), manager);
            config.tls().serverName().ifPresent(name -> {
                HostnameVerifier usual = new OkHttpClient().hostnameVerifier();
                builder.hostnameVerifier((host, session) ->
                        usual.verify(host.equals(config.address().getHost()) ? name : host, session));
            });
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Response authorize(Interceptor.Chain chain) throws IOException {
        Credentials now = credentials;
        boolean registering = chain.request().url().encodedPath().equals(AgentApi.REGISTER);
        Request.Builder request = chain.request()
                .newBuilder()
                .header("User-Agent", "otf-agent/" + Agent.version())
                .header(Wire.AGENT_VERSION_HEADER, Agent.version())
                .header(
                        "Authorization",
                        "Bearer " + (registering ? config.token().value() : now.sessionToken()));
        if (registering) {
            request.header(Wire.PROTOCOL_HEADER, Wire.PROTOCOL_VERSION);
        } else {
            request.header(Wire.AGENT_ID_HEADER, now.agentId())
                    .header(Wire.ACCEPT_HEADER, String.join(",", config.accept()));
        }
        return logged(chain, request.build());
    }

    private Response logged(Interceptor.Chain chain, Request request) throws IOException {
        long start = System.nanoTime();
        Response response = chain.proceed(request);
        log.debug(
                "http request",
                "method",
                request.method(),
                "path",
                request.url().encodedPath(),
                "status",
                response.code(),
                "duration",
                (System.nanoTime() - start) / 1_000_000 + "ms");
        return response;
    }

    /** From now on calls are made as this agent. */
    void speakAs(String agentId, String sessionToken) {
        credentials =
                new Credentials(agentId, sessionToken == null ? config.token().value() : sessionToken);
    }

    AgentApi api() {
        return new Retrofit.Builder()
                .baseUrl(config.address().resolve("/").toString())
                .client(authorized)
                .addConverterFactory(new JsonConverters())
                .build()
                .create(AgentApi.class);
    }

    /** Sends no credentials: for URLs that carry their own authority. */
    OkHttpClient plain() {
        return plain;
    }

    /** Breaks every call under way. */
    @Override
    public void close() {
        plain.dispatcher().cancelAll();
        authorized.dispatcher().cancelAll();
        plain.connectionPool().evictAll();
    }
}
