package io.otfd.ui;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.net.http.HttpResponse;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** Variable sets: where they apply, what is in them, and what of it counts in a workspace. */
class VariableSetPagesTest extends SiteTest {

    private static final String SETS = "/app/acme/variable-sets";
    private static final String VARIABLES = "/app/acme/workspaces/web/variables";

    private String set(String name) {
        return browser.submit(SETS, SETS, Map.of("name", name))
                .headers()
                .firstValue("Location")
                .orElseThrow();
    }

    private void add(String home, String url, String key, String value) {
        HttpResponse<String> added =
                browser.submit(home, url, Map.of("key", key, "value", value, "category", "terraform"));
        assertThat(added.body(), added.statusCode(), is(303));
    }

    private static Document row(Document page, String key, String text) {
        return Jsoup.parse(
                "<table>" + page.select("tr:has(th:contains(" + key + ")):contains(" + text + ")") + "</table>");
    }

    @Test
    void aSetIsMadeAppliedAndFilledInTheBrowser() {
        String web = site.workspace("web").workspace().id().value();
        String url = set("shared");

        HttpResponse<String> saved =
                browser.submit(url, url, Map.of("description", "Of all", "global", "false", "add-workspaces", web));
        add(url, url + "/variables", "region", "eu");
        Document page = browser.page(url);

        assertThat(saved.statusCode(), is(303));
        assertThat(page.select(".chosen li").text(), allOf(containsString("web"), containsString("applied")));
        assertThat(page.select("#add-workspaces option").eachText(), not(hasItem("web")));
        assertThat(page.select("tbody th").text(), containsString("region"));
        assertThat(browser.page(SETS).select("tr:contains(shared) td").text(), containsString("1 workspace"));
        assertThat(row(browser.page(VARIABLES), "region", "shared").text(), containsString("eu"));
    }

    @Test
    void theWorkspaceSaysWhatOverridesWhat() {
        String weak = set("weak");
        browser.submit(weak, weak, Map.of("global", "true"));
        add(weak, weak + "/variables", "size", "small");
        String strong = set("strong");
        browser.submit(strong, strong, Map.of("global", "true", "priority", "true"));
        add(strong, strong + "/variables", "colour", "red");
        add(VARIABLES, VARIABLES, "size", "large");
        add(VARIABLES, VARIABLES, "colour", "blue");

        Document page = browser.page(VARIABLES);

        assertThat(row(page, "size", "small").text(), containsString("Overridden by the workspace"));
        assertThat(row(page, "size", "large").text(), containsString("Overrides 1"));
        assertThat(row(page, "colour", "blue").text(), containsString("Overridden by set strong"));
        assertThat(row(page, "colour", "red").text(), not(containsString("Overridden")));
        browser.submit(strong + "/delete", strong + "/delete", Map.of());
        assertThat(row(browser.page(VARIABLES), "colour", "blue").text(), not(containsString("Overridden")));
    }

    @Test
    void aPickerFindsByAPartOfTheName() {
        String url = set("picking");
        Map<String, String> typed = TestBrowser.fields(browser.page(url), url);
        typed.putAll(Map.of("name", "renamed", "find-workspaces", "AP"));

        Document drafted = Jsoup.parse(browser.post(url + "/draft", typed).body());

        assertThat(drafted.select("#add-workspaces option").eachText(), is(java.util.List.of("Choose…", "api")));
        assertThat(drafted.select("#find-workspaces").val(), is("AP"));
        assertThat(drafted.select("#set-name").val(), is("renamed"));
        assertThat(browser.page(url).select("h1").text(), is("picking"));
    }

    @Test
    void theSecondOfTwoEditorsHearsOfTheFirst() {
        String url = set("edited");
        Map<String, String> second = TestBrowser.fields(browser.page(url), url);
        browser.submit(url, url, Map.of("name", "first"));
        second.put("name", "second");

        HttpResponse<String> refused = browser.post(url, second);

        assertThat(refused.statusCode(), is(409));
        assertThat(alert(refused), containsString("Somebody else"));
        assertThat(Jsoup.parse(refused.body()).select("#set-name").val(), is("second"));
        assertThat(browser.page(url).select("h1").text(), is("first"));
    }

    @Test
    void whatIsRefusedStaysInItsForm() {
        String url = set("hostile");
        HttpResponse<String> unnamed = browser.submit(url, url, Map.of("name", " ", "description", EVIL));
        HttpResponse<String> bad = browser.submit(
                url, url + "/variables", Map.of("key", "not a key", "value", EVIL, "category", "terraform"));

        assertThat(unnamed.statusCode(), is(422));
        assertThat(Jsoup.parse(unnamed.body()).select("#set-description").val(), is(EVIL));
        assertThat(bad.statusCode(), is(422));
        assertThat(Jsoup.parse(bad.body()).select("#value").val(), is(EVIL));
        assertThat(Jsoup.parse(bad.body()).select("main script, main img"), is(empty()));
    }

    @Test
    void aSecretOfASetIsNotShown() {
        String url = set("secrets");
        browser.submit(url, url, Map.of("global", "true"));
        browser.submit(
                url,
                url + "/variables",
                Map.of("key", "PASSWORD", "value", "hidden-value", "category", "env", "sensitive", "true"));

        assertThat(browser.page(url).text(), allOf(containsString("PASSWORD"), not(containsString("hidden-value"))));
        assertThat(
                browser.page(VARIABLES).text(), allOf(containsString("PASSWORD"), not(containsString("hidden-value"))));
    }

    @Test
    void aSetOfAProjectStaysInside() {
        String project = browser.submit("/app/acme/projects", "/app/acme/projects", Map.of("name", "Networking"))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        String sets =
                browser.page(project).select("a:contains(Its variable sets)").attr("href");

        String made = browser.submit(sets, SETS, Map.of("name", "inside"))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        Document page = browser.page(made);

        assertThat(page.select("aside").text(), containsString("Project Networking"));
        assertThat(page.select("#global-true"), is(empty()));
    }
}
