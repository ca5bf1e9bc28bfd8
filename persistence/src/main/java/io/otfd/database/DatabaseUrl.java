package io.otfd.database;

import io.otfd.Refusal;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Where PostgreSQL is.
 *
 * @param jdbcUrl {@code jdbc:postgresql://host:port/database?…}, without credentials
 */
public record DatabaseUrl(String jdbcUrl, String user, String password) {

    /**
     * Reads {@code postgres://user:password@host:port/database?sslmode=…} (libpq's form, OTF's default) and {@code
     * jdbc:postgresql://…}. libpq's {@code host} parameter is honoured for TCP; a Unix socket directory is refused,
     * since the driver has no Unix sockets.
     */
    public static DatabaseUrl parse(String text) {
        boolean jdbc = text.startsWith("jdbc:postgresql:");
        if (!jdbc && !text.startsWith("postgres://") && !text.startsWith("postgresql://")) {
            throw invalid("must begin with postgres:// or jdbc:postgresql://");
        }
        URI uri;
        try {
            uri = new URI(jdbc ? text.substring("jdbc:".length()) : text);
        } catch (URISyntaxException e) {
            throw invalid("is not a URL: " + e.getReason());
        }
        Map<String, String> query = query(uri.getRawQuery());
        String host = uri.getHost() == null ? query.remove("host") : uri.getHost();
        if (host != null && host.startsWith("/")) {
            throw invalid("names a Unix socket; use a host name and a port");
        }
        String user = query.remove("user");
        String password = query.remove("password");
        if (uri.getRawUserInfo() != null) {
            String[] userInfo = uri.getRawUserInfo().split(":", 2);
            user = decode(userInfo[0]);
            password = userInfo.length > 1 ? decode(userInfo[1]) : password;
        }
        query.remove("pool_max_conns");
        int port = uri.getPort() < 0 ? 5432 : uri.getPort();
        StringJoiner parameters = new StringJoiner("&", "?", "").setEmptyValue("");
        query.forEach((name, value) -> parameters.add(name + "=" + value));
        String path = uri.getPath() == null || uri.getPath().length() < 2 ? "/otf" : uri.getPath();
        return new DatabaseUrl(
                "jdbc:postgresql://" + (host == null ? "localhost" : host) + ":" + port + path + parameters,
                user == null ? System.getProperty("user.name") : user,
                password == null ? "" : password);
    }

    /** The password stays out of logs. */
    @Override
    public String toString() {
        return jdbcUrl + " as " + user;
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(decode(parts[0]), parts.length > 1 ? decode(parts[1]) : "");
        }
        return query;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static Refusal invalid(String complaint) {
        return Refusal.Invalid.at("/database", "The database URL " + complaint + ".");
    }
}
