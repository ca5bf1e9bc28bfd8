package io.otfd.ui;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.net.http.HttpResponse;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** Notifications of a workspace: those to down.example.com never arrive. */
class NotificationPagesTest extends SiteTest {

    private static final String LIST = "/app/acme/workspaces/web/notifications";

    private HttpResponse<String> add(String name, String url, String... more) {
        Map<String, String> fields = new java.util.HashMap<>(
                Map.of("name", name, "destination-type", "generic", "url", url, "triggers", "run:errored"));
        for (int i = 0; i < more.length; i += 2) {
            fields.put(more[i], more[i + 1]);
        }
        return browser.submit(LIST, LIST, fields);
    }

    private String url(String name) {
        return browser.page(LIST).select("a:containsOwn(" + name + ")").attr("href");
    }

    @Test
    void oneIsAddedVerifiedDisabledAndDeleted() {
        HttpResponse<String> added =
                add("pager", "https://hooks.example.com/a", "token", "key-of-nobody", "enabled", "true");
        String url = url("pager");
        Document shown = browser.page(url);
        int verified = browser.submit(url, url + "/verify", Map.of()).statusCode();
        Document again = browser.page(url);
        int disabled = browser.submit(url, url + "/enabled", Map.of("enabled", "false"))
                .statusCode();
        String listed = browser.page(LIST).select("tr:contains(pager)").text();
        int deleted = browser.submit(url + "/delete", url + "/delete", Map.of()).statusCode();

        assertThat(added.statusCode(), is(303));
        assertThat(shown.select("tbody tr").size(), is(1));
        assertThat(shown.select("tbody tr").text(), containsString("Verification of pager"));
        assertThat(shown.html(), not(containsString("key-of-nobody")));
        assertThat(verified, is(303));
        assertThat(again.select("tbody tr").size(), is(2));
        assertThat(disabled, is(303));
        assertThat(listed, allOf(containsString("Disabled"), containsString("Errored"), containsString("Delivered")));
        assertThat(deleted, is(303));
        assertThat(browser.get(url).statusCode(), is(404));
    }

    @Test
    void whatDoesNotArriveIsSaidAndNothingIsKept() {
        HttpResponse<String> refused =
                add("broken", "https://down.example.com", "token", "key-of-nobody", "enabled", "true");

        assertThat(refused.statusCode(), is(422));
        assertThat(alert(refused), containsString("nobody answers"));
        Document page = Jsoup.parse(refused.body());
        assertThat(page.select("#url").val(), is("https://down.example.com"));
        assertThat(page.select("#url-problem").text(), containsString("nobody answers"));
        assertThat(refused.body(), not(containsString("key-of-nobody")));
        assertThat(url("broken"), is(""));
    }

    @Test
    void aFailedTestMessageIsKeptInTheHistory() {
        add("sleeping", "https://down.example.com");
        String url = url("sleeping");

        HttpResponse<String> refused = browser.submit(url, url + "/verify", Map.of());

        assertThat(refused.statusCode(), is(422));
        assertThat(alert(refused), containsString("nobody answers"));
        assertThat(browser.page(url).select("tbody tr").text(), containsString("Failed"));
    }

    @Test
    void settingsAreChangedAndTheKeyStaysUntilItIsRemoved() {
        add("hook", "https://hooks.example.com/b", "token", "key-of-nobody");
        String url = url("hook");
        Map<String, String> fields =
                Map.of("name", "renamed", "url", "https://hooks.example.com/c", "triggers", "run:created");

        HttpResponse<String> bad = browser.submit(url, url, Map.of("name", "renamed", "url", "ftp://example.com"));
        int saved = browser.submit(url, url, fields).statusCode();
        Document page = browser.page(url);
        Map<String, String> without = new java.util.HashMap<>(fields);
        without.put("no-token", "true");
        browser.submit(url, url, without);

        assertThat(bad.statusCode(), is(422));
        assertThat(Jsoup.parse(bad.body()).select("#url-problem").text(), containsString("http"));
        assertThat(saved, is(303));
        assertThat(page.select("h1").text(), is("renamed"));
        assertThat(page.select("input[name=triggers][checked]").val(), is("run:created"));
        assertThat(page.select("#token-hint").text(), containsString("keep the key"));
        assertThat(browser.page(url).select("#token-hint").text(), containsString("Signs each message"));
    }

    @Test
    void anotherWorkspacesIsNotFound() {
        add("mine", "https://hooks.example.com/d");
        String url = url("mine").replace("/web/", "/api/");

        assertThat(browser.get(url).statusCode(), is(404));
        assertThat(browser.get(LIST + "/nonsense").statusCode(), is(404));
    }
}
