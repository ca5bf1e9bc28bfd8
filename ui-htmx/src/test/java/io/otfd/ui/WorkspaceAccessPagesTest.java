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

    @Test
    void tagsComeAndGo() {
        String tags = SETTINGS + "/tags";
        HttpResponse<String> added = browser.submit(tags, tags, Map.of("name", "prod"));
        HttpResponse<String> bad = browser.submit(tags, tags, Map.of("name", EVIL));
        HttpResponse<String> bound =
                browser.submit(tags, tags + "/bindings", Map.of("tag-bindings", "cost = 42\n\nowner=net"));
        HttpResponse<String> wrong =
                browser.submit(tags, tags + "/bindings", Map.of("tag-bindings", "cost = 42\nno key = 1"));

        assertThat(added.statusCode(), is(303));
        assertThat(browser.page("/app/acme/workspaces/web").select(".tags").text(), containsString("prod"));
        assertThat(bad.statusCode(), is(422));
        assertThat(Jsoup.parse(bad.body()).select("#name").val(), is(EVIL));
        assertThat(bound.statusCode(), is(303));
        assertThat(browser.page(tags).select("#tag-bindings").val(), is("cost = 42\nowner = net"));
        assertThat(wrong.statusCode(), is(422));
        assertThat(Jsoup.parse(wrong.body()).select("#tag-bindings-problem").text(), containsString("no key"));
        browser.submit(tags, tags + "/remove", Map.of());
        assertThat(browser.page(tags).select(".chosen .tag"), is(empty()));
    }

    @Test
    void theStateIsSharedWithWorkspacesByName() {
        String sharing = SETTINGS + "/state-sharing";
        String api = site.workspace("api").workspace().id().value();
        browser.submit(SETTINGS, SETTINGS, Map.of("remote-state", "organization"));
        assertThat(browser.page(sharing).select(".empty").text(), containsString("all workspaces of the organization"));
        browser.submit(SETTINGS, SETTINGS, Map.of("remote-state", "specific"));

        HttpResponse<String> shared = browser.submit(sharing, sharing, Map.of("add-remote-state-consumers", api));

        assertThat(shared.statusCode(), is(303));
        assertThat(
                browser.page(sharing).select(".chosen li").text(),
                allOf(containsString("api"), containsString("shared")));
    }

    @Test
    void aWorkspaceMovesToAnotherProjectAndTakesAKey() {
        browser.submit("/app/acme/projects", "/app/acme/projects", Map.of("name", "Elsewhere"));
        HttpResponse<String> moved = browser.submit(SETTINGS, SETTINGS, Map.of("project", "elsewhere"));
        HttpResponse<String> lost = browser.submit(SETTINGS, SETTINGS, Map.of("project", "Nowhere"));
        String key = SETTINGS + "/ssh-key";

        assertThat(moved.statusCode(), is(303));
        assertThat(browser.page(SETTINGS).select("#project").val(), is("Elsewhere"));
        assertThat(lost.statusCode(), is(422));
        assertThat(Jsoup.parse(lost.body()).select("#project-problem").text(), is("There is no project Nowhere."));
        assertThat(browser.submit(key, key, Map.of("ssh-key", "")).statusCode(), is(303));
        assertThat(browser.submit(key, key, Map.of("ssh-key", "sshkey-nowhere")).statusCode(), is(422));
    }
}
