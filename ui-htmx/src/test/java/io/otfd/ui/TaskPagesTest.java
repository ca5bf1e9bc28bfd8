package io.otfd.ui;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.otfd.run.Run;
import io.otfd.taskresult.Answer;
import io.otfd.taskresult.ResultStatus;
import io.otfd.taskresult.TaskResults;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** Run tasks of an organization and its workspaces: down.example.com never answers. */
class TaskPagesTest extends SiteTest {

    private static final String LIST = "/app/acme/run-tasks";
    private static final String ATTACHED = "/app/acme/workspaces/api/settings/run-tasks";

    private HttpResponse<String> add(String name, String url) {
        return browser.submit(
                LIST,
                LIST,
                Map.of("name", name, "url", url, "description", EVIL, "hmac-key", "key-of-nobody", "enabled", "true"));
    }

    private String url(String list, String name) {
        return browser.page(list).select("th a:containsOwn(" + name + ")").attr("href");
    }

    @Test
    void oneIsAddedChangedAndDeleted() {
        HttpResponse<String> added = add("audit", "https://tasks.example.com/a");
        String url = url(LIST, "audit");
        Document shown = browser.page(url);
        HttpResponse<String> saved = browser.submit(url, url, Map.of("name", "auditor"));
        Document listed = browser.page(LIST);
        int deleted = browser.submit(url + "/delete", url + "/delete", Map.of()).statusCode();

        assertThat(added.statusCode(), is(303));
        assertThat(shown.select("#description").val(), is(EVIL));
        assertThat(shown.html(), not(containsString("key-of-nobody")));
        assertThat(shown.text(), containsString("Requests are signed"));
        assertThat(saved.statusCode(), is(303));
        assertThat(
                listed.select("tr:contains(auditor)").text(),
                allOf(containsString("https://tasks.example.com/a"), containsString("Enabled")));
        assertThat(deleted, is(303));
        assertThat(browser.get(url).statusCode(), is(404));
    }

    @Test
    void aUrlThatDoesNotAnswerIsSaidAndNothingIsKept() {
        HttpResponse<String> refused = add("broken", "https://down.example.com");

        assertThat(refused.statusCode(), is(422));
        assertThat(alert(refused), containsString("nobody answers"));
        Document page = Jsoup.parse(refused.body());
        assertThat(page.select("#url").val(), is("https://down.example.com"));
        assertThat(page.select("#url-problem").text(), containsString("nobody answers"));
        assertThat(refused.body(), not(containsString("key-of-nobody")));
        assertThat(url(LIST, "broken"), is(""));
    }

    @Test
    void whatSomebodyElseHasSavedIsNotOverwritten() {
        add("shared", "https://tasks.example.com/shared");
        String url = url(LIST, "shared");
        Document mine = browser.page(url);
        browser.submit(url, url, Map.of("description", "theirs"));

        HttpResponse<String> refused = browser.submit(
                url,
                url,
                Map.of(
                        "description",
                        "mine",
                        "edition",
                        mine.select("[name=edition]").val()));

        assertThat(refused.statusCode(), is(409));
        assertThat(alert(refused), containsString("Somebody else"));
    }

    @Test
    void oneIsAttachedAndTheRunShowsWhatItSays() {
        add("guard", "https://tasks.example.com/guard");
        String option =
                browser.page(ATTACHED).select("#task option:contains(guard)").val();
        HttpResponse<String> attached = browser.submit(
                ATTACHED, ATTACHED, Map.of("task", option, "stages", "post_plan", "enforcement-level", "mandatory"));
        String attachment = url(ATTACHED, "guard");
        String listed = browser.page(ATTACHED).select("tr:contains(guard)").text();
        int changed = browser.submit(attachment, attachment, Map.of("enforcement-level", "advisory"))
                .statusCode();

        Run run = site.plannedRun("api", "checked");
        String page = "/app/acme/workspaces/api/runs/" + run.id().value();
        String waiting = browser.page(page).select("#run").text();
        TaskResults.Claimed asked = site.taskResults().claim(1).getFirst();
        site.answer(
                asked,
                new Answer(
                        ResultStatus.FAILED,
                        Optional.of(EVIL),
                        Optional.of("https://tasks.example.com/details"),
                        Optional.empty()));
        Document said = browser.page(page);
        int detached =
                browser.submit(ATTACHED, attachment + "/delete", Map.of()).statusCode();

        assertThat(attached.statusCode(), is(303));
        assertThat(listed, allOf(containsString("Post-plan"), containsString("mandatory")));
        assertThat(changed, is(303));
        assertThat(
                waiting,
                allOf(containsString("Post-plan running"), containsString("guard"), containsString("Pending")));
        assertThat(said.select(".checks li").text(), allOf(containsString("Failed"), containsString(EVIL)));
        assertThat(said.select(".checks a").attr("href"), is("https://tasks.example.com/details"));
        assertThat(said.select("#run button").eachText().toString(), containsString("Confirm and apply"));
        assertThat(said.select("script:not([src]), img"), is(empty()));
        assertThat(detached, is(303));
        assertThat(url(ATTACHED, "guard"), is(""));
    }
}
