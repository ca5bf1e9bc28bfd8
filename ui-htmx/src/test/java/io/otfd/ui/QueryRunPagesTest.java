package io.otfd.ui;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;

import io.otfd.run.QueryRun;
import java.net.http.HttpResponse;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** Query runs of a workspace. */
class QueryRunPagesTest extends SiteTest {

    private static final String RUNS = "/app/acme/workspaces/web/runs";

    @Test
    void aQueryIsListedShownAndCanceled() {
        site.plannedRun("web", "Brings a configuration");
        QueryRun query = site.query("web");
        String id = query.id().value();

        Document runs = browser.page(RUNS);
        String list = runs.select("main a:contains(Queries)").attr("href");
        Document queries = browser.page(list);
        String url = queries.select("tbody th a").attr("href");
        HttpResponse<String> printed = browser.get("/app/acme/web/search/" + id);
        Document before = browser.page(url);
        int canceled = browser.submit(url, url + "/cancel", Map.of()).statusCode();
        Document after = browser.page(url);
        int again = browser.post(url + "/cancel", TestBrowser.fields(before, url + "/cancel"))
                .statusCode();

        assertThat(runs.select("main").text().contains(id), is(false));
        assertThat(url, endsWith("/app/acme/workspaces/web/queries/" + id));
        assertThat(printed.statusCode(), is(303));
        assertThat(printed.headers().firstValue("Location").orElseThrow(), is(url));
        assertThat(before.select("#query .status").text(), is("Queued"));
        assertThat(before.select("[data-parts]").size(), is(1));
        assertThat(canceled, is(303));
        assertThat(after.select("#query .status").text(), is("Canceled"));
        assertThat(after.select("form[action$=/cancel]").size(), is(0));
        assertThat(after.select("[data-parts]").size(), is(0));
        assertThat(again, is(409));
        assertThat(browser.get(url + "/log").statusCode(), is(200));
    }

    @Test
    void aQueryIsThereInItsOwnWorkspaceOnly() {
        site.plannedRun("web", "Brings another configuration");
        String id = site.query("web").id().value();

        HttpResponse<String> elsewhere = browser.get("/app/crowd/workspaces/w11/queries/" + id);

        assertThat(elsewhere.statusCode(), is(404));
        assertThat(elsewhere.body(), containsString("There is nothing here"));
    }
}
