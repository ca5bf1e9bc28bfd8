package io.otfd.ui;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One request of a browser, and who makes it. */
public final class Visit {

    private static final HeaderName HX_REQUEST = HeaderNames.create("HX-Request");
    private static final HeaderName LAST_EVENT_ID = HeaderNames.create("Last-Event-ID");
    private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");
    private static final HeaderName FORWARDED_PROTO = HeaderNames.create("X-Forwarded-Proto");
    private static final HeaderName FORWARDED_FOR = HeaderNames.create("X-Forwarded-For");

    /** Of IPv6, with a zone. */
    private static final int MAX_ADDRESS = 64;

    private final ServerRequest request;
    private final Optional<Session> session;
    private Form form;

    Visit(ServerRequest request, Optional<Session> session) {
        this.request = request;
        this.session = session;
    }

    public Optional<Session> session() {
        return session;
    }

    /** @throws Refusal.Unauthenticated without a session */
    public Caller caller() {
        return requireSession().user();
    }

    public Session requireSession() {
        return session.orElseThrow(Refusal.Unauthenticated::new);
    }

    /** A part of the path, decoded. */
    public String path(String name) {
        String value = request.path().pathParameters().get(name);
        if (value.indexOf('\0') >= 0) {
            throw new Refusal.NotFound();
        }
        return value;
    }

    public Form query() {
        String raw = request.query().rawValue();
        return Form.parse(raw == null ? "" : raw);
    }

    /** The body. */
    public Form form() {
        if (form == null) {
            form = Form.read(request.content().inputStream());
        }
        return form;
    }

    /** Asked by htmx, which swaps a part of the page. */
    public boolean isPartial() {
        return header(HX_REQUEST).isPresent();
    }

    /** Where the reader of an event stream got to. */
    public Optional<String> lastEventId() {
        return header(LAST_EVENT_ID);
    }

    /** Name and port of this server, as the browser knows it. */
    public String host() {
        return header(HeaderNames.HOST).orElse("localhost");
    }

    /** Scheme, host and port of this server, as the browser knows it. */
    public String address() {
        return (isSecure() ? "https://" : "http://") + host();
    }

    /** A proxy's word is enough here: it only makes the cookie stricter. */
    public boolean isSecure() {
        return request.isSecure()
                || header(FORWARDED_PROTO).filter("https"::equalsIgnoreCase).isPresent();
    }

    /**
     * Where the browser is. Of a proxy in our own network it is the address that this proxy has seen: what others wrote
     * before it into the header counts for nothing.
     */
    public String remoteAddress() {
        String near = request.remotePeer().address() instanceof InetSocketAddress address
                ? address.getAddress().getHostAddress()
                : request.remotePeer().host();
        boolean proxied = request.remotePeer().address() instanceof InetSocketAddress address
                && (address.getAddress().isLoopbackAddress()
                        || address.getAddress().isSiteLocalAddress());
        return header(FORWARDED_FOR)
                .filter(any -> proxied)
                .map(seen -> seen.substring(seen.lastIndexOf(',') + 1).strip())
                .filter(seen -> !seen.isEmpty() && seen.length() <= MAX_ADDRESS)
                .orElse(near);
    }

    /** What the browser calls itself. */
    public String browser() {
        return header(HeaderNames.USER_AGENT).orElse("");
    }

    /**
     * The file that a form brings, which comes last in it; the fields before it are {@link #form} from then on.
     *
     * @throws Refusal.Malformed when there is none
     */
    InputStream file() {
        Multipart parts = Multipart.of(
                header(HeaderNames.CONTENT_TYPE).orElse(""), request.content().inputStream());
        Map<String, List<String>> fields = new LinkedHashMap<>();
        int left = Form.MAX_BYTES;
        try {
            for (Optional<Multipart.Part> part = parts.next(); part.isPresent(); part = parts.next()) {
                if (part.get().isFile()) {
                    form = new Form(fields);
                    return part.get().content();
                }
                byte[] value = part.get().content().readNBytes(left);
                left -= value.length;
                if (left == 0) {
                    break;
                }
                fields.computeIfAbsent(part.get().name(), key -> new ArrayList<>())
                        .add(new String(value, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new Refusal.Malformed("The form ended before its last part.");
        }
        throw new Refusal.Malformed("The form brings no file.");
    }

    /** A page's frame, with this visitor's name and CSRF token. */
    public Frame frame(String title, List<Crumb> crumbs) {
        return new Frame(
                title,
                crumbs,
                session.map(known -> new Frame.Visitor(
                        known.user().username(), known.user().siteAdmin(), Csrf.token(known.secret()))),
                preferences(),
                flash());
    }

    Preferences preferences() {
        return Preferences.of(request);
    }

    /** What the form before this page did. */
    Optional<String> flash() {
        return Flash.of(request);
    }

    void requireForm() {
        requireSameOrigin();
        Session known = requireSession();
        if (!Csrf.matches(known.secret(), form().first(Csrf.FIELD).orElse(""))) {
            throw new Refusal.Denied("The form is out of date. Load the page again, then repeat what you did.");
        }
    }

    /** Browsers say where a form comes from: by Sec-Fetch-Site on https and localhost, else by Origin. */
    void requireSameOrigin() {
        boolean ours = header(FETCH_SITE)
                .map(site -> site.equals("same-origin") || site.equals("none"))
                .orElseGet(() -> header(HeaderNames.ORIGIN)
                        .map(origin -> hostOf(origin).equals(host()))
                        .orElse(true));
        if (!ours) {
            throw new Refusal.Denied("The form comes from another site.");
        }
    }

    private static String hostOf(String origin) {
        try {
            return Optional.ofNullable(URI.create(origin).getRawAuthority()).orElse("");
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    Reply toLogin() {
        if (header(HeaderNames.ACCEPT)
                .filter(accept -> accept.startsWith("text/event-stream"))
                .isPresent()) {
            return new Reply.Unauthorized();
        }
        String location = isGet() && !isPartial()
                ? Links.login(where())
                : cameFrom().map(Links::login).orElseGet(Links::login);
        return Reply.Redirect.of(location, isPartial());
    }

    /** The page of ours whose form or part this is. */
    private Optional<String> cameFrom() {
        return header(HeaderNames.REFERER)
                .filter(page -> hostOf(page).equals(host()))
                .map(page -> {
                    URI uri = URI.create(page);
                    return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
                });
    }

    boolean isGet() {
        return request.prologue().method().equals(Method.GET);
    }

    /** Method and path, for the log. */
    String what() {
        return request.prologue().method() + " " + request.path().rawPath();
    }

    private String where() {
        String raw = request.query().rawValue();
        return request.path().rawPath() + (raw == null || raw.isEmpty() ? "" : "?" + raw);
    }

    private Optional<String> header(HeaderName name) {
        return request.headers().contains(name)
                ? Optional.of(request.headers().get(name).get())
                : Optional.empty();
    }
}
