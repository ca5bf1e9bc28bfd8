package io.otfd.ui;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Style, scripts and icon, from the class path. The address holds the content's hash, so browsers keep them for good. */
public final class Assets {

    private static final String HTMX = "/META-INF/resources/webjars/htmx.org/2.0.10/dist/htmx.min.js";
    private static final int VERSION_LENGTH = 12;

    private static final Map<String, Asset> ALL = Map.of(
            "live.js", Asset.load("/ui/live.js", "text/javascript; charset=utf-8"),
            "otfd.css", Asset.load("/ui/otfd.css", "text/css; charset=utf-8"),
            "otfd.js", Asset.load("/ui/otfd.js", "text/javascript; charset=utf-8"),
            "otfd.svg", Asset.load("/ui/otfd.svg", "image/svg+xml"),
            "htmx.js", Asset.load(HTMX, "text/javascript; charset=utf-8"));

    private Assets() {}

    private record Asset(String contentType, byte[] bytes, byte[] zipped, String version) {

        static Asset load(String resource, String contentType) {
            try (InputStream in = Assets.class.getResourceAsStream(resource)) {
                if (in == null) {
                    throw new IllegalStateException("missing on the class path: " + resource);
                }
                byte[] bytes = in.readAllBytes();
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
                String version = HexFormat.of().formatHex(hash).substring(0, VERSION_LENGTH);
                return new Asset(contentType, bytes, zip(bytes), version);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        private static byte[] zip(byte[] bytes) throws IOException {
            ByteArrayOutputStream zipped = new ByteArrayOutputStream();
            try (OutputStream out = new GZIPOutputStream(zipped)) {
                out.write(bytes);
            }
            return zipped.toByteArray();
        }
    }

    /** Where a page finds the asset. */
    public static String url(String name) {
        return "/assets/" + ALL.get(name).version() + "/" + name;
    }

    static void register(HttpRouting.Builder routing) {
        routing.get("/assets/{version}/{name}", Assets::serve);
    }

    private static void serve(ServerRequest request, ServerResponse response) {
        Asset asset = ALL.get(request.path().pathParameters().get("name"));
        if (asset == null) {
            response.status(Status.NOT_FOUND_404).send();
            return;
        }
        boolean current = asset.version().equals(request.path().pathParameters().get("version"));
        response.header(
                HeaderNames.CACHE_CONTROL, current ? "public, max-age=31536000, immutable" : "public, max-age=60");
        response.header(HeaderNames.CONTENT_TYPE, asset.contentType());
        response.header(HeaderNames.create("X-Content-Type-Options"), "nosniff");
        response.header(HeaderNames.VARY, "Accept-Encoding");
        boolean zipped = request.headers().contains(HeaderNames.ACCEPT_ENCODING)
                && request.headers().get(HeaderNames.ACCEPT_ENCODING).get().contains("gzip");
        if (zipped) {
            response.header(HeaderNames.CONTENT_ENCODING, "gzip");
        }
        response.send(zipped ? asset.zipped() : asset.bytes());
    }
}
