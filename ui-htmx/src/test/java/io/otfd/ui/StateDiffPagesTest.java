package io.otfd.ui;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.otfd.state.StateVersion;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** Two states of a workspace beside each other. */
class StateDiffPagesTest extends SiteTest {

    private static final String BEFORE = """
            {"version": 4, "terraform_version": "1.11.4", "serial": 1, "lineage": "line",
             "outputs": {"same": {"value": 1, "type": "number"}, "gone": {"value": "old", "type": "string"},
                         "key": {"value": "first-secret", "type": "string", "sensitive": true}},
             "resources": [
               {"mode": "managed", "type": "db", "name": "main", "instances": [
                 {"attributes": {"size": 1, "password": "first-secret", "tags": {"a": "b"}},
                  "sensitive_attributes": [[{"type": "get_attr", "value": "password"}]]}]},
               {"mode": "managed", "type": "vm", "name": "many", "module": "module.net", "instances": [
                 {"index_key": 0, "attributes": {"id": "zero"}}, {"index_key": "b", "attributes": {"id": "bee"}}]}]}
            """;
    private static final String AFTER = """
            {"version": 4, "terraform_version": "1.11.4", "serial": 2, "lineage": "line",
             "outputs": {"same": {"value": 1, "type": "number"},
                         "key": {"value": "second-secret", "type": "string", "sensitive": true}},
             "resources": [
               {"mode": "managed", "type": "db", "name": "main", "instances": [
                 {"attributes": {"size": 2, "password": "second-secret", "tags": {"a": "<img src=x onerror=alert(1)>"}},
                  "sensitive_attributes": [[{"type": "get_attr", "value": "password"}]]}]},
               {"mode": "managed", "type": "vm", "name": "many", "module": "module.net", "instances": [
                 {"index_key": 0, "attributes": {"id": "zero"}}]},
               {"mode": "data", "type": "who", "name": "am_i", "instances": [{"attributes": {"id": "me"}}]}]}
            """;

    private String url(String workspace, StateVersion state) {
        return "/app/acme/workspaces/" + workspace + "/states/" + state.id().value();
    }

    private static String row(Document page, String name) {
        return page.select(".changes li:has(summary:contains(" + name + "))").text();
    }

    @Test
    void aStateIsComparedWithTheOneBefore() {
        site.state("web", 1, BEFORE);
        StateVersion after = site.state("web", 2, AFTER);

        Document page = browser.page(
                browser.page(url("web", after)).select("a:contains(Compare)").attr("href"));

        assertThat(page.select("h1").text(), is("State #2 compared with #1"));
        assertThat(page.select(".counts .badge").eachText(), is(List.of("1 added", "1 changed", "1 removed")));
        assertThat(
                page.select(".changes summary code").eachText(),
                is(List.of("data.who.am_i", "db.main", "module.net.vm.many[\"b\"]", "gone", "key")));
        assertThat(row(page, "db.main"), allOf(containsString("size"), containsString("<img src=x")));
        assertThat(row(page, "db.main"), containsString("(sensitive value)"));
        assertThat(page.html(), allOf(not(containsString("first-secret")), not(containsString("second-secret"))));
        assertThat(page.select("main img"), is(empty()));
        assertThat(browser.page("/app/acme/workspaces/web").text(), containsString("am_i"));
    }

    @Test
    void theFirstStateHasNothingToBeComparedWith() {
        browser.submit("/app/acme/workspaces", "/app/acme/workspaces", Map.of("name", "lonely"));
        StateVersion only = site.state("lonely", 1);

        assertThat(
                browser.page(url("lonely", only) + "/diff").select(".empty").text(), containsString("no state before"));
    }

    @Test
    void statesOfOtherWorkspacesAreNotThere() {
        browser.submit("/app/acme/workspaces", "/app/acme/workspaces", Map.of("name", "one"));
        browser.submit("/app/acme/workspaces", "/app/acme/workspaces", Map.of("name", "other"));
        StateVersion one = site.state("one", 1);
        StateVersion other = site.state("other", 1);

        assertThat(
                browser.get(url("one", one) + "/diff?with=" + other.id().value())
                        .statusCode(),
                is(404));
    }
}
