package io.otfd.ui;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.otfd.log.Logs;
import io.otfd.run.Run;
import io.otfd.run.RunEvent;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** A run and its logs on a real server and a real database, as a browser asks for them. */
class RunPagesTest extends SiteTest {

    @Test
    void theAddressThatTheCliPrintsLeadsToTheRun() {
        Run run = site.plannedRun("web", "from the CLI");
        String canonical = "/app/acme/workspaces/web/runs/" + run.id().value();

        HttpResponse<String> printed =
                browser.get("/app/acme/web/runs/" + run.id().value());

        assertThat(printed.headers().firstValue("Location").orElseThrow(), is(canonical));
        assertThat(browser.get(canonical).statusCode(), is(200));
        assertThat(
                browser.get("/app/acme/web/variables")
                        .headers()
                        .firstValue("Location")
                        .orElseThrow(),
                is("/app/acme/workspaces/web/variables"));
    }

    @Test
    void aRunShowsItsLogAndItsButtonsWithoutScripts() {
        Run run = site.plannedRun("web", EVIL);

        Document page = browser.page("/app/acme/workspaces/web/runs/" + run.id().value());

        assertThat(page.select("h1").text(), is(EVIL));
        assertThat(page.select("#plan-log").text(), containsString("Plan: 1 to add"));
        assertThat(page.select("#plan-log .ansi-green").text(), is("+"));
        assertThat(page.select("#run .facts").text(), containsString("1 to add, 0 to change, 0 to destroy"));
        assertThat(page.select("#run button").eachText(), is(List.of("Confirm and apply", "Discard")));
        assertThat(page.select("details.panel[open] pre").eachAttr("id"), is(List.of("plan-log")));
        assertThat(page.select(".timeline li[aria-current=step]").text(), startsWith("Planned"));
        assertThat(page.select("script:not([src]), img, style, [style], [^on]"), is(empty()));
        assertThat(page.select("noscript").outerHtml(), containsString("refresh"));
    }

    @Test
    void withoutAnApplyTheLogOfThePlanIsOpen() {
        Run run = site.plannedRun("web", "discarded");
        site.runs().discard(site.admin(), run.id());

        Document page = browser.page("/app/acme/workspaces/web/runs/" + run.id().value());

        assertThat(page.select("details.panel[open] pre").eachAttr("id"), is(List.of("plan-log")));
        assertThat(page.select("[data-live], noscript"), is(empty()));
        assertThat(page.select("#run button").eachText(), is(List.of("Retry")));
    }

    @Test
    void confirmIsOneFormAway() {
        Run run = site.plannedRun("web", "to confirm");
        String path = "/app/acme/workspaces/web/runs/" + run.id().value();
        String csrf = browser.csrf(path);

        HttpResponse<String> done = browser.post(path + "/confirm", Map.of("csrf", csrf));
        HttpResponse<String> again = browser.post(path + "/confirm", Map.of("csrf", csrf));
        HttpResponse<String> partial =
                browser.post(path + "/confirm", Map.of("csrf", csrf), Map.of("HX-Request", "true"));

        assertThat(done.headers().firstValue("Location").orElseThrow(), is(path));
        Document page = browser.page(path);
        assertThat(page.select("#run .status .badge").text(), is("Apply queued"));
        assertThat(page.select("#run button").eachText(), is(List.of("Cancel")));
        assertThat(page.select(".facts").text(), containsString("Confirmed by admin"));
        assertThat(again.statusCode(), is(409));
        assertThat(Jsoup.parse(again.body()).select("[role=alert]").text(), containsString("not confirmable"));
        assertThat(partial.statusCode(), is(409));
        assertThat(Jsoup.parse(partial.body()).select("#error").text(), containsString("not confirmable"));
        assertThat(partial.body(), not(containsString("<html")));
    }

    @Test
    void htmxGetsTheSummaryOnly() {
        Run run = site.plannedRun("web", "to discard");
        String path = "/app/acme/workspaces/web/runs/" + run.id().value();

        HttpResponse<String> done =
                browser.post(path + "/discard", Map.of("csrf", browser.csrf(path)), Map.of("HX-Request", "true"));

        assertThat(done.statusCode(), is(200));
        assertThat(done.body(), not(containsString("<html")));
        assertThat(Jsoup.parse(done.body()).select("section#run .status .badge").text(), is("Discarded"));
    }

    @Test
    void formsOfOtherSitesDoNothing() {
        Run run = site.plannedRun("web", "attacked");
        String path = "/app/acme/workspaces/web/runs/" + run.id().value();
        Map<String, String> good = Map.of("csrf", browser.csrf(path));

        assertThat(browser.post(path + "/discard", Map.of()).statusCode(), is(403));
        assertThat(browser.post(path + "/discard", Map.of("csrf", "x")).statusCode(), is(403));
        assertThat(
                browser.post(path + "/discard", good, Map.of("Sec-Fetch-Site", "cross-site"))
                        .statusCode(),
                is(403));
        assertThat(
                browser.post(path + "/discard", good, Map.of("Sec-Fetch-Site", "same-site"))
                        .statusCode(),
                is(403));
        assertThat(
                browser.post(path + "/discard", good, Map.of("Origin", "https://evil.example"))
                        .statusCode(),
                is(403));
        assertThat(
                browser.post(path + "/discard", good, Map.of("Origin", "null")).statusCode(), is(403));
        assertThat(
                site.browser()
                        .post("/login", Map.of("token", TestSite.TOKEN), Map.of("Origin", "https://evil.example"))
                        .statusCode(),
                is(403));
        assertThat(browser.page(path).select("#run .status .badge").text(), is("Planned"));
        assertThat(
                browser.post(path + "/discard", good, Map.of("Sec-Fetch-Site", "same-origin"))
                        .statusCode(),
                is(303));
    }

    @Test
    void theLogCanBeReadAsItCame() {
        Run run = site.plannedRun("web", "raw");
        String path = "/app/acme/workspaces/web/runs/" + run.id().value();

        HttpResponse<String> log = browser.get(path + "/log/plan");

        assertThat(log.headers().firstValue("Content-Type").orElseThrow(), is("text/plain; charset=utf-8"));
        assertThat(log.body(), is(TestSite.PLAN_LOG));
        assertThat(browser.get(path + "/log/other").statusCode(), is(404));
        assertThat(site.browser().get(path + "/log/plan").statusCode(), is(303));
    }

    @Test
    void aRunIsFollowedWhileItHappens() {
        Run run = site.plannedRun("web", "live");
        String path = "/app/acme/workspaces/web/runs/" + run.id().value();
        String live = browser.page(path).select("[data-live]").attr("data-live");

        try (TestBrowser.Stream stream = browser.stream(live)) {
            site.runs().confirm(site.admin(), run.id());
            TestBrowser.Event queued = stream.next("run");
            site.advance(run, RunEvent.APPLY_STARTED);
            site.logs().append(run.apply().id(), 0, "half a li".getBytes());
            site.logs().append(run.apply().id(), 9, "ne <b>\u001b[32m+\u001b[0m\nno line feed".getBytes());
            TestBrowser.Event line = stream.next("apply");
            site.advance(run, RunEvent.APPLY_FINISHED);
            TestBrowser.Event last = stream.next("apply");
            TestBrowser.Event applied = stream.nextRun("Applied");
            stream.next("end");

            assertThat(Jsoup.parse(queued.data()).select(".status .badge").text(), is("Apply queued"));
            assertThat(
                    line.data(), containsString("half a line &lt;b&gt;<span class=\"ansi-green\">+</span></span>\n"));
            assertThat(Jsoup.parse(last.data()).text(), is("no line feed"));
            assertThat(Jsoup.parse(applied.data()).select("button").size(), is(0));
        }
    }

    @Test
    void aReaderWhoComesBackGoesOnWhereItWas() {
        Run run = site.plannedRun("web", "again");
        String path = "/app/acme/workspaces/web/runs/" + run.id().value();

        try (TestBrowser.Stream fromTheStart = browser.stream(path + "/live")) {
            TestBrowser.Event plan = fromTheStart.next("plan");
            site.runs().discard(site.admin(), run.id());
            try (TestBrowser.Stream again = browser.stream(path + "/live", Map.of("Last-Event-ID", plan.id()))) {
                assertThat(plan.data(), containsString("Plan: 1 to add"));
                assertThat(again.namesUntil("end"), is(List.of("ready", "run", "end")));
            }
        }
    }

    @Test
    void aStreamIsForPeopleWhoAreLoggedIn() {
        Run run = site.plannedRun("web", "private");
        String path = "/app/acme/workspaces/web/runs/" + run.id().value();

        assertThat(
                site.browser()
                        .get(path + "/live", Map.of("Accept", "text/event-stream"))
                        .statusCode(),
                is(401));
    }

    @Test
    void longLogsAreCutOnThePage() {
        Run run = site.plannedRun("web", "long");
        Logs logs = site.logs();
        site.runs().confirm(site.admin(), run.id());
        site.advance(run, RunEvent.APPLY_STARTED);
        byte[] block = "0123456789 line of a long log\n".repeat(4000).getBytes();
        for (int i = 0; i < 12; i++) {
            logs.append(run.apply().id(), (long) i * block.length, block);
        }
        logs.append(run.apply().id(), 12L * block.length, "the end\n".getBytes());

        Document page = browser.page("/app/acme/workspaces/web/runs/" + run.id().value());

        String shown = page.selectFirst("#apply-log").wholeText();
        assertThat(shown, startsWith("0123456789 line"));
        assertThat(shown, containsString("the end"));
        assertThat(shown.length() < (1 << 20), is(true));
        assertThat(page.text(), containsString("Earlier lines are left out."));
    }

    @Test
    void runsOfAllWorkspacesAreFoundByWhatTheyAre() {
        Run web = site.plannedRun("web", "Widen the network");
        Run api = site.plannedRun("api", "Narrow the network");
        String runs = "/app/acme/runs";
        String waiting = "?status=Needs%20attention&search=the%20network";

        assertThat(shown(runs + waiting), is(List.of(api.id().value(), web.id().value())));
        assertThat(shown(runs + waiting + "&workspace=web"), is(List.of(web.id().value())));
        assertThat(
                shown(runs + waiting + "&source=tfe-ui&operation=plan_and_apply")
                        .size(),
                is(2));
        assertThat(shown(runs + waiting + "&operation=destroy"), is(empty()));
        assertThat(shown(runs + waiting + "&pool=nowhere"), is(empty()));
        assertThat(
                shown("/app/acme/workspaces/api/runs" + waiting),
                is(List.of(api.id().value())));
        assertThat(
                browser.page(runs + "?search=" + Links.encode(EVIL) + "x")
                        .select(".empty")
                        .text(),
                containsString("No run is like this"));
        assertThat(browser.page(runs).select(".menu [aria-current=page]").text(), is("Runs"));
    }

    @Test
    void aLongListOfRunsHasPages() {
        for (int i = 0; i <= 20; i++) {
            site.plannedRun("web", "Again and again");
        }
        Document first = browser.page("/app/acme/runs?search=again%20and");
        Document second = browser.page(first.select("a[rel=next]").attr("href"));

        assertThat(first.select("#results tbody tr").size(), is(20));
        assertThat(second.select("#results tbody tr").size(), is(1));
        assertThat(second.select("a[rel=next]"), is(empty()));
        assertThat(second.select("#search").val(), is("again and"));
    }

    @Test
    void aRunIsCommentedOn() {
        Run run = site.plannedRun("web", "To be talked about");
        String url = "/app/acme/workspaces/web/runs/" + run.id().value();

        HttpResponse<String> said = browser.submit(url, url + "/comments", Map.of("body", EVIL + "\nsecond line"));
        HttpResponse<String> nothing = browser.submit(url, url + "/comments", Map.of("body", "  "));
        Document page = browser.page(url);

        assertThat(said.statusCode(), is(303));
        assertThat(page.select("#comments .message").text(), containsString(EVIL));
        assertThat(page.select("#comments strong").text(), is("admin"));
        assertThat(page.select("#comments img, #comments script"), is(empty()));
        assertThat(nothing.statusCode(), is(422));
        assertThat(Jsoup.parse(nothing.body()).select("#body-problem").text(), containsString("can't be blank"));
    }

    @Test
    void aRunThatCameToNothingIsTriedAgain() {
        Run run = site.plannedRun("api", "Once more");
        String url = "/app/acme/workspaces/api/runs/" + run.id().value();
        assertThat(browser.page(url).select("#action-retry"), is(empty()));
        browser.submit(url, url + "/discard", Map.of());

        HttpResponse<String> retried = browser.submit(url, url + "/retry", Map.of());
        String there = retried.headers().firstValue("Location").orElseThrow();

        assertThat(retried.statusCode(), is(303));
        assertThat(there, not(is(url)));
        assertThat(browser.page(there).select("h1").text(), is("Once more"));
        browser.submit(there, there + "/cancel", Map.of());
    }

    @Test
    void aLogIsDownloadedAndItsLinesHaveAddresses() {
        Run run = site.plannedRun("web", "With a log");
        String url = "/app/acme/workspaces/web/runs/" + run.id().value();
        Document page = browser.page(url);

        HttpResponse<String> file = browser.get(page.select("a[download]").attr("href"));

        assertThat(
                file.headers().firstValue("Content-Disposition").orElseThrow(),
                containsString(run.id().value() + "-plan.log"));
        assertThat(file.body(), is(TestSite.PLAN_LOG));
        assertThat(page.select("#plan-log > [id]").first().id(), is("plan-0"));
        assertThat(page.select("#plan-log > [id]").get(1).text(), containsString("null_resource.a"));
    }

    private List<String> shown(String path) {
        return browser.page(path).select("#results tbody th code").eachText();
    }
}
