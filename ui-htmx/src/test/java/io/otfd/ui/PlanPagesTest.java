package io.otfd.ui;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.oneOf;

import io.otfd.run.Run;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans as resources and attributes, and runs that are started in the browser. */
class PlanPagesTest extends SiteTest {

    private static final String RUNS = "/app/acme/workspaces/web/runs";

    /** Forms as of Terraform 1.11. */
    private static final String PLAN = """
            {"format_version": "1.2",
             "resource_changes": [
              {"address": "aws_instance.web", "action_reason": "replace_because_cannot_update",
               "change": {"actions": ["delete", "create"],
                "before": {"ami": "old", "tags": {"Name": "web"}, "password": "before-secret", "size": 1},
                "after": {"ami": "<script>alert(1)</script>", "tags": {"Name": "web", "Env": "live"},
                          "password": "after-secret", "size": 1},
                "after_unknown": {"id": true},
                "before_sensitive": {"password": true}, "after_sensitive": {"password": true},
                "replace_paths": [["ami"]]}},
              {"address": "null_resource.a[0]", "change": {"actions": ["create"], "before": null,
                "after": {"triggers": ["x"]}, "after_unknown": {"id": true}}},
              {"address": "null_resource.old", "action_reason": "delete_because_no_resource_config",
               "change": {"actions": ["delete"], "before": {"id": "7"}, "after": null}},
              {"address": "null_resource.same", "change": {"actions": ["no-op"], "before": {}, "after": {}}},
              {"address": "null_resource.there", "previous_address": "null_resource.here",
               "change": {"actions": ["no-op"], "before": {"id": "1"}, "after": {"id": "1"}}}],
             "output_changes": {
              "url": {"actions": ["create"], "before": null, "after_unknown": true},
              "key": {"actions": ["update"], "before": "a-secret", "after": "b-secret",
                      "before_sensitive": true, "after_sensitive": true}}}
            """;

    private String run(String plan) {
        Run run = site.plannedRun("web", "shown");
        site.plan(run, plan);
        return RUNS + "/" + run.id().value();
    }

    @Test
    void aRunShowsWhatItsPlanChanges() {
        Document page = browser.page(run(PLAN));

        assertThat(
                page.select("#change-list summary code").eachText(),
                is(List.of("aws_instance.web", "null_resource.a[0]", "null_resource.old", "null_resource.there")));
        assertThat(
                page.select("#change-list summary .badge").eachText(),
                is(List.of("Replace", "Create", "Delete", "Move")));
        assertThat(
                page.select("#change-list").text(),
                allOf(
                        containsString("because a change cannot be made in place"),
                        containsString("because it is not in the configuration any more"),
                        containsString("moved from null_resource.here")));
        assertThat(
                page.select("#changes .counts .badge").eachText(),
                is(List.of("1 to create", "1 to replace", "1 to delete", "1 to move")));
        assertThat(page.select("#changes").text(), allOf(containsString("url"), not(containsString("secret\""))));
        assertThat(page.html(), not(containsString("a-secret")));
    }

    @Test
    void attributesAreLoadedForOneResourceAtATime() {
        Document run = browser.page(run(PLAN));
        String url = run.select("#change-list details").first().attr("hx-get");
        Document page = browser.page(url);

        assertThat(run.html(), not(containsString("alert(1)")));
        assertThat(page.select("#diff tbody th code").eachText(), is(List.of("ami", "tags.Env", "password", "id")));
        assertThat(
                page.select("#diff tbody tr").first().text(),
                allOf(
                        containsString("old"),
                        containsString("<script>alert(1)</script>"),
                        containsString("forces replacement")));
        assertThat(
                page.select("#diff").text(),
                allOf(containsString("(known after apply)"), containsString("2 unchanged")));
        assertThat(page.select("#diff").text(), containsString("(sensitive value)"));
        assertThat(page.html(), allOf(not(containsString("before-secret")), not(containsString("after-secret"))));
        assertThat(page.select("#diff script"), is(empty()));
    }

    @Test
    void changesAreFilteredAndComeInPages() {
        String many = IntStream.range(0, 5000)
                .mapToObj(i -> """
                        {"address": "null_resource.r[%d]", "type": "%s", "change": {"actions": ["%s"], "before": null, "after": {"n": %d}}}
                        """.formatted(
                                i, i < 30 ? "null_resource" : "terraform_data", i % 50 == 0 ? "update" : "create", i))
                .collect(Collectors.joining(",", "{\"resource_changes\": [", "]}"));
        String plan = run(many) + "/plan";

        Document first = browser.page(plan);
        Document updates = browser.page(plan + "?action=update&search=R%5B4");
        Document last = browser.page(plan + "?page=250");
        Document typed = browser.page(plan + "?type=null_resource");

        assertThat(first.select("#change-list details"), hasSize(20));
        assertThat(first.select(".paging").text(), containsString("Page 1 of 250, 5000 in all"));
        assertThat(updates.select("#change-list details"), hasSize(20));
        assertThat(updates.select(".paging").text(), containsString("22 in all"));
        assertThat(first.select("#type option").eachText(), is(List.of("Any type", "null_resource", "terraform_data")));
        assertThat(typed.select(".paging").text(), containsString("Page 1 of 2, 30 in all"));
        assertThat(typed.select("a[rel=next]").attr("href"), containsString("type=null_resource"));
        assertThat(last.select("#change-list code").last().text(), is("null_resource.r[4999]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{",
                "{\"resource_changes\": 7}",
                "{\"resource_changes\": [{\"address\": 1, \"change\": {\"actions\": [\"create\"]}}]}",
                "{\"resource_changes\": [{\"change\": {\"actions\": [7]}}]}",
                "{\"resource_changes\": [{\"change\": null}]}",
                "{\"output_changes\": {\"a\": 3}}"
            })
    void aPlanThatIsNoneSpoilsNoPage(String plan) {
        String run = run(plan);

        assertThat(browser.get(run).statusCode(), is(200));
        assertThat(browser.get(run + "/plan").statusCode(), is(200));
        assertThat(browser.get(run + "/plan/0").statusCode(), oneOf(200, 404));
        assertThat(browser.get(run + "/plan/99").statusCode(), is(404));
    }

    /** Runs of a new workspace that has a configuration. */
    private String configured(String workspace) {
        browser.submit("/app/acme/workspaces", "/app/acme/workspaces", Map.of("name", workspace));
        site.plannedRun(workspace, "so that there is a configuration");
        return "/app/acme/workspaces/" + workspace + "/runs";
    }

    @Test
    void aRunIsStartedInTheBrowser() {
        String runs = configured("starts");

        HttpResponse<String> started =
                browser.submit(runs + "/new", runs, Map.of("kind", "plan", "message", "Look <b>first</b>"));
        Document page = browser.page(started.headers().firstValue("Location").orElseThrow());

        assertThat(started.statusCode(), is(303));
        assertThat(page.select("h1").text(), is("Look <b>first</b>"));
        assertThat(page.select(".about").text(), containsString("plan only"));
    }

    @Test
    void whoWantsToDestroyHasToTypeTheName() {
        String runs = configured("destroys");

        HttpResponse<String> careless = browser.submit(runs + "/new", runs, Map.of("kind", "destroy"));
        HttpResponse<String> sure = browser.submit(runs + "/new", runs, Map.of("kind", "destroy", "typed", "destroys"));

        assertThat(careless.statusCode(), is(422));
        assertThat(Jsoup.parse(careless.body()).select("#kind-destroy[checked]").size(), is(1));
        assertThat(sure.statusCode(), is(303));
    }

    @Test
    void withoutAConfigurationThePageSaysWhatToDo() {
        browser.submit("/app/acme/workspaces", "/app/acme/workspaces", Map.of("name", "empty"));
        Document page = browser.page("/app/acme/workspaces/empty/runs/new");

        assertThat(page.select("[role=alert]").text(), containsString("upload one with terraform"));
        assertThat(page.select("main form").size(), is(0));
    }
}
