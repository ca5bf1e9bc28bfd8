package io.otfd.ui;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;

import io.otfd.agentpool.AgentPool;
import io.otfd.run.Run;
import java.net.http.HttpResponse;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** The search in the frame, the switch between organizations, and what a browser prefers. */
class SearchPagesTest extends SiteTest {

    @Test
    void anOrganizationIsSearchedFromEachOfItsPages() {
        AgentPool pool = site.pool("findable-pool");
        Run run = site.plannedRun("web", "A findable run");
        Document page = browser.page("/app/acme/workspaces");
        Map<String, String> fields = TestBrowser.fields(page, "/app/search");

        Document found = browser.page("/app/search?q=FINDABLE&organization=" + fields.get("organization"));
        Document workspaces = browser.page("/app/search?q=we&organization=acme");

        assertThat(found.select("main h2").eachText(), hasItems("Agent pools", "Runs"));
        assertThat(
                found.select(".hits a").eachAttr("href"),
                hasItems(
                        "/app/acme/agent-pools/" + pool.id().value(),
                        "/app/acme/workspaces/web/runs/" + run.id().value()));
        assertThat(workspaces.select(".hits a").eachText(), hasItem("web"));
    }

    @Test
    void teamsAndVariableSetsAreFound() {
        browser.submit("/app/acme/teams", "/app/acme/teams", Map.of("name", "sought-team"));
        browser.submit("/app/acme/variable-sets", "/app/acme/variable-sets", Map.of("name", "sought-set"));

        Document found = browser.page("/app/search?q=SOUGHT&organization=acme");

        assertThat(found.select(".hits a").eachText(), hasItems("sought-team", "sought-set"));
        for (String hit : found.select(".hits a").eachAttr("href")) {
            assertThat(browser.get(hit).statusCode(), is(200));
        }
    }

    @Test
    void workspacesAreFoundEverywhere() {
        Document found = browser.page("/app/search?q=w1");
        Document named = browser.page("/app/search?q=crow");

        assertThat(found.select("main h2").eachText(), hasItem("Workspaces of crowd"));
        assertThat(found.select(".hits a").eachText(), hasItem("w11"));
        assertThat(named.select(".hits a").eachAttr("href"), hasItem("/app/crowd/workspaces"));
    }

    @Test
    void anIdLeadsToItsThing() {
        Run run = site.plannedRun("web", "By its id");

        HttpResponse<String> there = browser.get("/app/search?q=" + run.id().value());

        assertThat(there.statusCode(), is(303));
        assertThat(
                there.headers().firstValue("Location").orElseThrow(),
                is("/app/acme/workspaces/web/runs/" + run.id().value()));
        assertThat(
                browser.page("/app/search?q=run-nowhere").select(".empty").text(),
                containsString("Nothing is called like"));
    }

    @Test
    void whatIsLookedForStaysText() {
        Document page = browser.page("/app/search?organization=acme&q=" + Links.encode(EVIL));

        assertThat(page.select("main img, main script"), is(empty()));
        assertThat(page.select(".empty").text(), containsString(EVIL));
    }

    @Test
    void aBrowserHasPreferences() {
        HttpResponse<String> saved =
                browser.submit("/app/preferences", "/app/preferences", Map.of("theme", "dark", "shortcuts", "true"));
        String cookie = saved.headers().allValues("Set-Cookie").stream()
                .filter(set -> set.startsWith("otfd_preferences="))
                .findFirst()
                .orElseThrow();

        assertThat(cookie, containsString("HttpOnly"));
        assertThat(Preferences.parse("dark"), is(new Preferences(Preferences.Theme.DARK, true)));
        assertThat(Preferences.parse("light.no-shortcuts"), is(new Preferences(Preferences.Theme.LIGHT, false)));
        assertThat(Preferences.parse(EVIL), is(Preferences.DEFAULT));
        assertThat(browser.page("/app/preferences").select("[data-shortcuts]").size(), is(1));
    }

    @Test
    void thePresentOrganizationSwitchesToOthers() {
        Document page = browser.page("/app/acme/workspaces");

        assertThat(page.select(".switcher summary").text(), containsString("acme"));
        assertThat(page.select(".switcher form").attr("action"), is("/app/organizations"));
        assertThat(
                browser.page("/app/organizations?search=crow")
                        .select("#results tbody th a")
                        .eachText(),
                is(java.util.List.of("crowd")));
    }
}
