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

/** {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY}, in either case, as the engine reads them. */
final class EnvironmentProxies extends ProxySelector {

    private final Map<String, String> environment;
    private final List<String> exceptions;

    EnvironmentProxies(Map<String, String> environment) {
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
        URI address = URI.create(proxy.contains("://") ? proxy : "http://" + proxy);
        int port = address.getPort() < 0 ? 80 : address.getPort();
        return List.of(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(address.getHost(), port)));
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
