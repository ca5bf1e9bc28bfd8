package io.otfd.ui;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** What a browser does, without scripts; redirects are shown, not followed. */
final class TestBrowser {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient client = HttpClient.newHttpClient();
    private final String address;
    private String cookie;

    TestBrowser(String address, String cookie) {
        this.address = address;
        this.cookie = cookie;
    }

    String address() {
        return address;
    }

    String cookie() {
        return cookie;
    }

    void login(String token) {
        post("/login", Map.of("token", token));
        if (cookie.isEmpty()) {
            throw new AssertionError("no session");
        }
    }

    HttpResponse<String> get(String path) {
        return get(path, Map.of());
    }

    HttpResponse<String> get(String path, Map<String, String> headers) {
        return send(request(path, headers).GET().build());
    }

    Document page(String path) {
        HttpResponse<String> response = get(path);
        if (response.statusCode() != 200) {
            throw new AssertionError(path + " is " + response.statusCode() + ": " + response.body());
        }
        return Jsoup.parse(response.body());
    }

    /** The token in the forms of a page. */
    String csrf(String path) {
        return page(path).select("input[name=csrf]").attr("value");
    }

    HttpResponse<String> post(String path, Map<String, String> fields) {
        return post(path, fields, Map.of());
    }

    HttpResponse<String> post(String path, Map<String, String> fields, Map<String, String> headers) {
        String body = fields.entrySet().stream()
                .map(field -> Links.encode(field.getKey()) + "=" + Links.encode(field.getValue()))
                .collect(Collectors.joining("&"));
        HttpResponse<String> response = send(request(path, headers)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
        response.headers().allValues("Set-Cookie").stream()
                .filter(set -> set.startsWith(Sessions.COOKIE))
                .forEach(set -> cookie = set.substring(0, set.indexOf(';')));
        return response;
    }

    /** What would be sent of the form with this action, as it stands in the page. */
    static Map<String, String> fields(Document page, String action) {
        Element form = page.selectFirst("form[action=" + action + "]");
        if (form == null) {
            throw new AssertionError("no form with action " + action + " in " + page);
        }
        Map<String, String> fields = new HashMap<>();
        form.select("input[type=hidden], input[type=text], input[type=email], textarea")
                .forEach(input -> fields.put(input.attr("name"), input.val()));
        form.select("input[checked]").forEach(input -> fields.put(input.attr("name"), input.val()));
        form.select("select:has(option[selected])")
                .forEach(select -> fields.put(
                        select.attr("name"), select.select("option[selected]").val()));
        return fields;
    }

    /** Loads a page, fills one of its forms and sends it. */
    HttpResponse<String> submit(String path, String action, Map<String, String> typed) {
        Map<String, String> fields = fields(page(path), action);
        fields.putAll(typed);
        return post(action, fields);
    }

    /** The same with a form that brings a file, which comes last. */
    HttpResponse<String> submit(String path, String action, Map<String, String> typed, String name, byte[] file) {
        Map<String, String> fields = fields(page(path), action);
        fields.putAll(typed);
        return post(action, fields, name, file);
    }

    HttpResponse<String> post(String action, Map<String, String> fields, String name, byte[] file) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        fields.forEach((field, value) -> body.writeBytes(
                ("--edge\r\nContent-Disposition: form-data; name=\"" + field + "\"\r\n\r\n" + value + "\r\n")
                        .getBytes(StandardCharsets.UTF_8)));
        body.writeBytes(("--edge\r\nContent-Disposition: form-data; name=\"" + name
                        + "\"; filename=\"a.tar.gz\"\r\nContent-Type: application/gzip\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(file);
        body.writeBytes("\r\n--edge--\r\n".getBytes(StandardCharsets.UTF_8));
        return send(request(action, Map.of())
                .header("Content-Type", "multipart/form-data; boundary=edge")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                .build());
    }

    private HttpRequest.Builder request(String path, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address + path)).timeout(PATIENCE);
        headers.forEach(request::header);
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        return request;
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    record Event(String name, String id, String data) {}

    Stream stream(String path) {
        return stream(path, Map.of());
    }

    Stream stream(String path, Map<String, String> headers) {
        try {
            HttpResponse<InputStream> response =
                    client.send(request(path, headers).build(), HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                throw new AssertionError(path + " is " + response.statusCode());
            }
            return new Stream(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Events as they come. */
    static final class Stream implements AutoCloseable {

        private final InputStream body;
        private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

        private Stream(InputStream body) {
            this.body = body;
            Thread.ofVirtual().start(this::receive);
        }

        private void receive() {
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
                String name = "";
                String id = "";
                List<String> data = new ArrayList<>();
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    if (line.startsWith("event: ")) {
                        name = line.substring(7);
                    } else if (line.startsWith("id: ")) {
                        id = line.substring(4);
                    } else if (line.startsWith("data: ")) {
                        data.add(line.substring(6));
                    } else if (line.isEmpty() && !name.isEmpty()) {
                        events.add(new Event(name, id, String.join("\n", data)));
                        name = "";
                        data.clear();
                    }
                }
            } catch (IOException e) {
                // Closed by the test.
            }
        }

        private Event next() {
            try {
                Event event = events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                if (event == null) {
                    throw new AssertionError("no event in " + PATIENCE);
                }
                return event;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /** The next one of this name; others in between are passed over. */
        Event next(String name) {
            Event event = next();
            while (!event.name().equals(name)) {
                event = next();
            }
            return event;
        }

        Event nextRun(String status) {
            Event event = next("run");
            while (!event.data().contains("data-status=\"" + status + "\"")) {
                event = next("run");
            }
            return event;
        }

        List<String> namesUntil(String last) {
            List<String> names = new ArrayList<>();
            Event event = next();
            names.add(event.name());
            while (!event.name().equals(last)) {
                event = next();
                names.add(event.name());
            }
            return names;
        }

        @Override
        public void close() {
            try {
                body.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
