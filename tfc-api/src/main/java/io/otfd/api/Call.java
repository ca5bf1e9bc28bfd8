package io.otfd.api;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.blob.Spool;
import io.otfd.tagbinding.Tagged;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** One request, with everything that a handler asks of it. */
public final class Call {

    /**
     * Of a JSON document, which is in memory several times over. Archives go by streams, and so do states: one inside a
     * document may have some 6 MB, a larger one goes to its upload URL, as Terraform 1.6 and later do with all.
     */
    private static final int MAX_DOCUMENT = 8 << 20;

    private final ServerRequest request;
    private final Caller caller;
    private final Operation operation;

    Call(ServerRequest request, Caller caller, Operation operation) {
        this.request = request;
        this.caller = caller;
        this.operation = operation;
    }

    /** Who asks. On routes without authentication there is none. */
    public Caller caller() {
        if (caller == null) {
            throw new Refusal.Unauthenticated();
        }
        return caller;
    }

    /** A path parameter, decoded. */
    public String path(String name) {
        return request.path().pathParameters().get(name);
    }

    /** A path parameter that only some of a handler's routes have. */
    public Optional<String> pathOptional(String name) {
        return request.path().pathParameters().first(name).asOptional();
    }

    /** A query parameter; dashes and underscores are the same in names. Blank counts as absent. */
    public Optional<String> query(String name) {
        return queryAll(name).stream().findFirst();
    }

    private List<String> queryAll(String name) {
        assert operation.takesQuery(name) : name + " is not declared";
        String wanted = name.replace('-', '_');
        List<String> values = new ArrayList<>();
        for (String present : queryNames()) {
            if (present.replace('-', '_').equals(wanted)) {
                values.addAll(request.query().all(present));
            }
        }
        values.removeIf(String::isBlank);
        return values;
    }

    public Set<String> queryNames() {
        try {
            return new TreeSet<>(request.query().names());
        } catch (RuntimeException e) {
            throw new Refusal.Malformed("The query string cannot be decoded.");
        }
    }

    /** Values separated by commas. */
    public List<String> queryList(String name) {
        return queryAll(name).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    public int queryInteger(String name, int absent) {
        return query(name)
                .map(value -> {
                    try {
                        return Integer.valueOf(value.strip());
                    } catch (NumberFormatException e) {
                        throw new Refusal.Malformed(name + " must be a whole number");
                    }
                })
                .orElse(absent);
    }

    public Optional<Instant> queryTime(String name) {
        return query(name).map(value -> {
            try {
                return OffsetDateTime.parse(value).toInstant();
            } catch (DateTimeParseException e) {
                throw new Refusal.Malformed(name + " must be a time such as 2026-01-31T12:00:00Z");
            }
        });
    }

    /** {@code filter[tagged][0][key]} and {@code [value]}, and so on; an absent value asks for the key alone. */
    public List<Tagged> tagged() {
        List<Tagged> tagged = new ArrayList<>();
        for (int i = 0; query("filter[tagged][" + i + "][key]").isPresent(); i++) {
            tagged.add(new Tagged(
                    query("filter[tagged][" + i + "][key]").orElseThrow(),
                    query("filter[tagged][" + i + "][value]").orElse("")));
        }
        return tagged;
    }

    public Page.Request page() {
        return new Page.Request(queryInteger("page[number]", 1), queryInteger("page[size]", 20));
    }

    public boolean asksForPage() {
        return query("page[number]").isPresent() || query("page[size]").isPresent();
    }

    /**
     * What the client wants included, dashes for underscores.
     *
     * @throws Refusal.Malformed for a name that is not in {@code known}
     */
    public Set<String> include(String... known) {
        Set<String> wanted = new TreeSet<>();
        for (String name : queryList("include")) {
            String normal = name.replace('-', '_').toLowerCase(Locale.ROOT);
            if (!List.of(known).contains(normal)) {
                throw new Refusal.Malformed("Invalid include parameter: " + name);
            }
            wanted.add(normal);
        }
        return wanted;
    }

    /** The document's attributes and relationships. */
    public Patch patch() {
        return Patch.of(body());
    }

    /** Of a document whose data is an array. */
    public List<Patch> patches() {
        return Patch.all(body());
    }

    /** The same where the body may be missing. */
    public Patch patchIfAny() {
        byte[] body = body();
        return body.length == 0 ? Patch.empty() : Patch.of(body);
    }

    /** Ids of a document whose data is an array of resource identifiers. */
    public List<String> identifiers() {
        return Patch.identifiers(body());
    }

    /** Of a document whose data is an array of workspaces' identifiers. */
    public List<WorkspaceId> workspaceIds() {
        return identifiers("Workspace", WorkspaceId::new);
    }

    /**
     * Of a document whose data is an array of identifiers, each once.
     *
     * @param kind what they name, in words
     * @param type makes the identifier
     */
    public <T> List<T> identifiers(String kind, Function<String, T> type) {
        return patches().stream()
                .map(patch -> identifier(patch, kind, type))
                .distinct()
                .toList();
    }

    private static <T> T identifier(Patch patch, String kind, Function<String, T> type) {
        String id = patch.id().orElseThrow(() -> Refusal.Invalid.document("A resource identifier must have an 'id'."));
        try {
            return type.apply(id);
        } catch (Refusal.NotFound e) {
            throw Refusal.Invalid.document(kind + " " + id + " not found.");
        }
    }

    /** The body whole; empty when there is none. */
    public byte[] body() {
        return body(MAX_DOCUMENT);
    }

    /**
     * Fields of a body of {@code application/x-www-form-urlencoded}; of a repeated one the first.
     *
     * @throws Refusal.Malformed for an escape that is none
     */
    public Map<String, String> form(int limit) {
        Map<String, String> fields = new HashMap<>();
        try {
            for (String pair : new String(body(limit), StandardCharsets.UTF_8).split("&")) {
                String[] halves = pair.split("=", 2);
                fields.putIfAbsent(decode(halves[0]), halves.length == 1 ? "" : decode(halves[1]));
            }
        } catch (IllegalArgumentException e) {
            throw new Refusal.Malformed("The form cannot be decoded.");
        }
        return fields;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    public byte[] body(int limit) {
        try (InputStream in = stream()) {
            byte[] bytes = in.readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw new Refusal.TooLarge("The body is larger than " + limit + " bytes."
                        + " Larger states, archives and plans are sent to their upload URL.");
            }
            return bytes;
        } catch (IOException e) {
            throw new Refusal.Malformed("The body ended before its announced length.");
        }
    }

    /**
     * The body, spooled.
     *
     * @throws Refusal.TooLarge beyond {@code limit} bytes, and at once when so many are announced
     */
    public Spool spool(long limit) {
        if (request.headers().contentLength().orElse(0) > limit) {
            throw new Refusal.TooLarge("The upload is larger than " + limit + " bytes.");
        }
        return Spool.receive(stream(), limit);
    }

    public InputStream stream() {
        return request.content().hasEntity() ? request.content().inputStream() : InputStream.nullInputStream();
    }

    public Optional<String> header(HeaderName name) {
        return request.headers().first(name);
    }

    public Optional<String> header(String name) {
        return header(HeaderNames.create(name));
    }

    /** Address of the connection's other end. */
    public String remoteAddress() {
        return request.remotePeer().host();
    }

    /** Address of the connection's near end. */
    public String localAddress() {
        SocketAddress address = request.localPeer().address();
        return address instanceof InetSocketAddress near
                ? near.getAddress().getHostAddress().replaceFirst("%.*", "")
                : request.localPeer().host();
    }

    /** {@code https://host:port} as the client called us, for absolute URLs. */
    public String baseUrl() {
        return (request.isSecure() ? "https" : "http") + "://" + host();
    }

    /** {@code host:port} as the client called us. */
    public String host() {
        return request.authority();
    }

    String pageLink(long number) {
        StringBuilder link =
                new StringBuilder(baseUrl()).append(request.path().rawPath()).append('?');
        for (String name : queryNames()) {
            if (!name.equals("page[number]")) {
                for (String value : request.query().all(name)) {
                    link.append(encode(name)).append('=').append(encode(value)).append('&');
                }
            }
        }
        return link.append(encode("page[number]")).append('=').append(number).toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
