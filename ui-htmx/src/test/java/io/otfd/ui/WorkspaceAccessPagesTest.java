package io.otfd.ui;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** What starts runs in a workspace, and which teams may do what with it. */
class WorkspaceAccessPagesTest extends SiteTest {

    private static final String SETTINGS = "/app/acme/workspaces/web/settings";
    private static final String TRIGGERS = SETTINGS + "/run-triggers";
    private static final String TEAMS = SETTINGS + "/teams";

    private void team(String name) {
        browser.submit("/app/acme/teams", "/app/acme/teams", Map.of("name", name));
    }

    @Test
    void aSourceWorkspaceIsAddedAndRemoved() {
        HttpResponse<String> added = browser.submit(TRIGGERS, TRIGGERS, Map.of("sourceable", "api"));
        Document page = browser.page(TRIGGERS);
        String remove = page.select("tbody form").attr("action");

        assertThat(added.statusCode(), is(303));
        assertThat(page.select("tbody th").text(), is("api"));
        assertThat(
                browser.page("/app/acme/workspaces/api/settings/run-triggers")
                        .select(".hits a")
                        .text(),
                is("web"));
        assertThat(browser.submit(TRIGGERS, remove, Map.of()).statusCode(), is(303));
        assertThat(browser.page(TRIGGERS).select("tbody th"), is(empty()));
    }

    @Test
    void aSourceThatCannotBeIsRefusedAtItsField() {
        HttpResponse<String> unknown = browser.submit(TRIGGERS, TRIGGERS, Map.of("sourceable", EVIL));
        HttpResponse<String> itself = browser.submit(TRIGGERS, TRIGGERS, Map.of("sourceable", "web"));
        Document page = Jsoup.parse(unknown.body());

        assertThat(unknown.statusCode(), is(422));
        assertThat(page.select("#sourceable").val(), is(EVIL));
        assertThat(page.select("#sourceable-problem").text(), containsString("There is no workspace"));
        assertThat(page.select("main img, main script"), is(empty()));
        assertThat(itself.statusCode(), is(422));
        assertThat(
                Jsoup.parse(itself.body()).select("#sourceable-problem").text(), containsString("another workspace"));
    }

    @Test
    void namesAreOffered() {
        Document page = browser.page(TRIGGERS + "?sourceable=AP");

        assertThat(page.select("#sourceable-offered option").eachAttr("value"), is(List.of("api")));
    }

    @Test
    void aTeamIsLetInChangedAndRemoved() {
        team("builders");

        HttpResponse<String> added = browser.submit(TEAMS, TEAMS, Map.of("team", "builders", "access", "plan"));
        Document page = browser.page(TEAMS);
        String url = page.select("tr:contains(builders) a:contains(Edit)").attr("href");
        HttpResponse<String> changed = browser.submit(
                url,
                url,
                Map.of("access", "custom", "runs", "apply", "variables", "read", "workspace-locking", "true"));

        assertThat(added.statusCode(), is(303));
        assertThat(page.select("tr:contains(builders)").text(), containsString("plan"));
        assertThat(changed.statusCode(), is(303));
        assertThat(
                browser.page(TEAMS).select("tr:contains(builders)").text(),
                allOf(containsString("custom"), containsString("Runs: apply"), containsString("locks")));
        assertThat(browser.submit(url + "/delete", url + "/delete", Map.of()).statusCode(), is(303));
        assertThat(browser.page(TEAMS).select("main").text(), not(containsString("builders")));
    }

    @Test
    void theSecondOfTwoEditorsHearsOfTheFirst() {
        team("edited");
        browser.submit(TEAMS, TEAMS, Map.of("team", "edited", "access", "read"));
        String url = browser.page(TEAMS)
                .select("tr:contains(edited) a:contains(Edit)")
                .attr("href");
        Map<String, String> second = TestBrowser.fields(browser.page(url), url);
        browser.submit(url, url, Map.of("access", "write"));
        second.put("access", "admin");

        HttpResponse<String> refused = browser.post(url, second);

        assertThat(refused.statusCode(), is(409));
        assertThat(alert(refused), containsString("Somebody else"));
        assertThat(browser.page(TEAMS).select("tr:contains(edited)").text(), containsString("write"));
    }

    @Test
    void aTeamThatIsNotThereIsRefusedAtItsField() {
        HttpResponse<String> unknown = browser.submit(TEAMS, TEAMS, Map.of("team", EVIL, "access", "read"));

        assertThat(unknown.statusCode(), is(422));
        assertThat(Jsoup.parse(unknown.body()).select("#team").val(), is(EVIL));
        assertThat(Jsoup.parse(unknown.body()).select("#team-problem").text(), containsString("There is no team"));
    }
}
