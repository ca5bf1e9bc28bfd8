package io.otfd.notifier;

import io.otfd.notification.Destination;
import io.otfd.notification.Notification;
import io.otfd.notification.Receipt;
import io.otfd.task.TaskRequest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Proxy;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;

/**
 * One POST, whose answer says how it went. Redirects are not followed: they are an answer that is no success. All together
 * takes ten seconds at most, and four kilobytes of the answer are kept.
 */
final class Webhooks implements AutoCloseable {

    static final String SIGNATURE = "X-TFE-Notification-Signature";

    static final String TASK_SIGNATURE = "X-TFC-Task-Signature";

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int KEPT_BODY = 4096;
    private static final int KEPT_HEADERS = 40;
    private static final int KEPT_HEADER = 512;
    private static final MediaType JSON = MediaType.get("application/json");

    private final OkHttpClient client;
    private final Payload payload;
    private final TaskPayload tasks;

    Webhooks(PublicAddresses addresses, Payload payload, TaskPayload tasks) {
        this.payload = payload;
        this.tasks = tasks;
        this.client = new OkHttpClient.Builder()
                .socketFactory(new GuardedSockets(addresses))
                .proxy(Proxy.NO_PROXY)
                .followRedirects(false)
                .followSslRedirects(false)
                .callTimeout(PATIENCE)
                .connectTimeout(PATIENCE)
                .readTimeout(PATIENCE)
                .writeTimeout(PATIENCE)
                // No connection is kept: each one is looked at anew.
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                .build();
    }

    Receipt deliver(Notification notification) {
        byte[] body = payload.of(notification).getBytes(StandardCharsets.UTF_8);
        Optional<String> key = notification.token().filter(token -> notification.destination() == Destination.GENERIC);
        return post(notification.url().orElse(""), body, SIGNATURE, key.map(token -> signature(token, body)));
    }

    /** Without a key the header is there, too, and empty (cloud-docs/api-docs/run-tasks/run-tasks-integration). */
    Receipt deliver(TaskRequest task) {
        byte[] body = tasks.of(task).getBytes(StandardCharsets.UTF_8);
        String signature = task.hmacKey().map(key -> signature(key, body)).orElse("");
        return post(task.url(), body, TASK_SIGNATURE, Optional.of(signature));
    }

    private Receipt post(String address, byte[] body, String header, Optional<String> signature) {
        HttpUrl url = HttpUrl.parse(address);
        if (url == null) {
            return Receipt.failed("the URL cannot be read", false);
        }
        Request.Builder request =
                new Request.Builder().url(url).header("User-Agent", "otfd").post(RequestBody.create(body, JSON));
        signature.ifPresent(text -> request.header(header, text));
        try (Response response = client.newCall(request.build()).execute()) {
            return receipt(response);
        } catch (GuardedSockets.RefusedException e) {
            return Receipt.failed(e.getMessage(), false);
        } catch (InterruptedIOException e) {
            return Receipt.failed("no answer within " + PATIENCE.toSeconds() + " seconds", true);
        } catch (IOException e) {
            return refused(e)
                    .map(message -> Receipt.failed(message, false))
                    .orElseGet(() -> Receipt.failed(words(e), true));
        }
    }

    /** Several addresses were tried, and some of them are none to be spoken to. */
    private static Optional<String> refused(IOException failure) {
        for (Throwable other : failure.getSuppressed()) {
            if (other instanceof GuardedSockets.RefusedException) {
                return Optional.of(other.getMessage());
            }
        }
        return Optional.empty();
    }

    private static String words(IOException failure) {
        String kind = failure.getClass().getSimpleName().replace("Exception", "");
        return failure.getMessage() == null ? kind : kind + ": " + Text.clean(failure.getMessage(), KEPT_HEADER);
    }

    private static Receipt receipt(Response response) throws IOException {
        int code = response.code();
        boolean again = code >= 500 || code == 408 || code == 425 || code == 429;
        return new Receipt(
                response.isSuccessful(), again, Optional.of(code), headers(response), body(response), Optional.empty());
    }

    private static Map<String, List<String>> headers(Response response) {
        Map<String, List<String>> kept = new LinkedHashMap<>();
        response.headers().toMultimap().entrySet().stream()
                .limit(KEPT_HEADERS)
                .forEach(header -> kept.put(
                        Text.clean(header.getKey(), KEPT_HEADER),
                        header.getValue().stream()
                                .limit(KEPT_HEADERS)
                                .map(value -> Text.clean(value, KEPT_HEADER))
                                .toList()));
        return kept;
    }

    /** An answer that breaks off was an answer all the same. */
    private static String body(Response response) {
        Buffer kept = new Buffer();
        try {
            BufferedSource source = response.body().source();
            while (kept.size() < KEPT_BODY && source.read(kept, KEPT_BODY - kept.size()) >= 0) {
                // More to come.
            }
        } catch (IOException e) {
            // What has come so far is shown.
        }
        return Text.clean(kept.readString(StandardCharsets.UTF_8), KEPT_BODY);
    }

    /** HMAC-SHA512 in hexadecimal (cloud-docs/workspaces/settings/notifications, Notification Authenticity). */
    private static String signature(String key, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA512");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA512"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA512", e);
        }
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdownNow();
        client.connectionPool().evictAll();
    }
}
