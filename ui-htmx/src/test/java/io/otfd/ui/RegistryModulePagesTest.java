package io.otfd.ui;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** The registry of modules: published, looked at and deleted in the browser. */
class RegistryModulePagesTest extends SiteTest {

    private static final String REGISTRY = "/app/acme/registry";

    private static byte[] archive(String name, String readme) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            file(tar, name, "# nothing");
            file(tar, "README.md", readme);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    private static void file(TarArchiveOutputStream tar, String name, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    private HttpResponse<String> publish(String name, String version, byte[] archive) {
        return browser.submit(
                REGISTRY, REGISTRY, Map.of("name", name, "provider", "aws", "version", version), "archive", archive);
    }

    private static String location(HttpResponse<String> response) {
        assertThat(response.body(), response.statusCode(), is(303));
        return response.headers().firstValue("Location").orElseThrow();
    }

    @Test
    void aModuleIsPublishedAndShown() {
        String url = location(publish("network", "1.0.0", archive("main.tf", "# Old " + EVIL)));
        HttpResponse<String> second = browser.submit(
                url,
                url,
                Map.of("version", "1.1.0", "commit-sha", "0123456789ab"),
                "archive",
                archive("main.tf", "# New"));

        assertThat(location(second), is(url));
        Document page = browser.page(url);
        assertThat(page.select("#source").val(), containsString("/acme/network/aws\""));
        assertThat(page.select("#source").val(), containsString("version = \"1.1.0\""));
        assertThat(page.select(".readme").text(), is("New"));
        assertThat(page.select("tbody tr:contains(1.1.0)").text(), containsString("published 01234567"));
        Document old = browser.page(url + "?version=1.0.0");
        assertThat(old.select(".readme").text(), containsString("Old <script>"));
        assertThat(old.select(".readme script, .readme img").size(), is(0));
        assertThat(
                browser.page(REGISTRY + "?search=netw")
                        .select("#results tbody tr")
                        .text(),
                containsString("1.1.0"));
        assertThat(
                browser.page(REGISTRY + "?search=elsewhere").select("#results").text(), not(containsString("1.1.0")));
        assertThat(browser.get(url + "?version=7.0.0").statusCode(), is(404));
    }

    @Test
    void whatIsRefusedLeavesNothing() {
        HttpResponse<String> hostile = publish("hostile", "1.0.0", archive("../main.tf", ""));
        assertThat(hostile.statusCode(), is(422));
        assertThat(alert(hostile), containsString("leads out of the module"));
        assertThat(publish("hostile", "first", archive("main.tf", "")).statusCode(), is(422));
        assertThat(publish("has space", "1.0.0", archive("main.tf", "")).statusCode(), is(422));
        assertThat(
                publish("hostile", "1.0.0", "no archive".getBytes(StandardCharsets.UTF_8))
                        .statusCode(),
                is(422));

        assertThat(browser.page(REGISTRY + "?search=hostile").select("#results").text(), containsString("No module"));
    }

    @Test
    void theFormNeedsItsToken() {
        HttpResponse<String> forged = browser.post(
                REGISTRY,
                Map.of("name", "forged", "provider", "aws", "version", "1.0.0"),
                "archive",
                archive("main.tf", ""));

        assertThat(forged.statusCode(), is(403));
        assertThat(browser.post(REGISTRY, Map.of("name", "plain")).statusCode(), is(400));
    }

    @Test
    void theLastVersionTakesTheModuleAlong() {
        String url = location(publish("brief", "1.0.0", archive("main.tf", "")));
        location(publish("brief", "2.0.0", archive("main.tf", "")));

        String first = url + "/versions/2.0.0/delete";
        assertThat(location(browser.submit(first, first, Map.of())), is(url));
        String last = url + "/versions/1.0.0/delete";
        assertThat(browser.page(last).text(), containsString("the module goes with it"));
        assertThat(location(browser.submit(last, last, Map.of())), is(REGISTRY));

        assertThat(browser.get(url).statusCode(), is(404));
    }

    @Test
    void aModuleIsDeletedWhole() {
        String url = location(publish("whole", "1.0.0", archive("main.tf", "")));

        location(browser.submit(url + "/delete", url + "/delete", Map.of()));

        assertThat(browser.get(url).statusCode(), is(404));
        assertThat(browser.get(url.replace("acme", "crowd")).statusCode(), is(404));
    }
}
