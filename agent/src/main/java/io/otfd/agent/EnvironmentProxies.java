package io.otfd.agent;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import okhttp3.Authenticator;
import okhttp3.Credentials;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;

/**
 * {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY}, in either case, as the engine reads them; user and
 * password may stand in the address.
 */
public final class EnvironmentProxies extends ProxySelector implements Authenticator {

    private final Map<String, String> environment;
    private final List<String> exceptions;

    public EnvironmentProxies(Map<String, String> environment) {
        this.environment = environment;
        this.exceptions = Arrays.stream(value("NO_PROXY").split(","))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    @Override
    public List<Proxy> select(URI uri) {
        String proxy = value("https".equals(uri.getScheme()) ? "HTTPS_PROXY" : "HTTP_PROXY");
        if (proxy.isEmpty() || uri.getHost() == null || excepted(uri.getHost())) {
            return List.of(Proxy.NO_PROXY);
        }
        return List.of(new Proxy(Proxy.Type.HTTP, socket(proxy)));
    }

    private static URI uri(String proxy) {
        return URI.create(proxy.contains("://") ? proxy : "http://" + proxy);
    }

    private static InetSocketAddress socket(String proxy) {
        URI address = uri(proxy);
        return InetSocketAddress.createUnresolved(address.getHost(), address.getPort() < 0 ? 80 : address.getPort());
    }

    /** Asked when the proxy wants to know who we are; null gives up. */
    @Override
    public Request authenticate(Route route, Response response) {
        if (route == null || response.request().header("Proxy-Authorization") != null) {
            return null;
        }
        return Stream.of("HTTPS_PROXY", "HTTP_PROXY")
                .map(this::value)
                .filter(proxy ->
                        !proxy.isEmpty() && socket(proxy).equals(route.proxy().address()))
                .map(proxy -> uri(proxy).getUserInfo())
                .filter(Objects::nonNull)
                .map(user -> user.split(":", 2))
                .map(user -> response.request()
                        .newBuilder()
                        .header("Proxy-Authorization", Credentials.basic(user[0], user.length > 1 ? user[1] : ""))
                        .build())
                .findFirst()
                .orElse(null);
    }

    private boolean excepted(String host) {
        if (host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]")) {
            return true;
        }
        return exceptions.stream().anyMatch(entry -> {
            String name = entry.startsWith("*") ? entry.substring(1) : entry;
            String suffix = name.startsWith(".") ? name : "." + name;
            return name.isEmpty() || host.equals(name) || host.endsWith(suffix);
        });
    }

    private String value(String name) {
        return environment.getOrDefault(name, environment.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), ""));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // The caller sees the failure.
    }
}
