package io.otfd.ui;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.otfd.state.StateVersion;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** Making organizations, projects and workspaces, and what is set, locked, stored and deleted there. */
class WorkspacePagesTest extends SiteTest {

    private static final String WORKSPACES = "/app/acme/workspaces";

    private String workspace(String name) {
        String there = browser.submit(WORKSPACES, WORKSPACES, Map.of("name", name))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        return there;
    }

    @Test
    void anOrganizationIsMadeInTheBrowser() {
        String list = "/app/organizations";
        HttpResponse<String> made = browser.submit(list, list, Map.of("name", "brand-new", "email", "me@example.com"));
        HttpResponse<String> again = browser.submit(list, list, Map.of("name", "brand-new", "email", "me@example.com"));
        HttpResponse<String> wrong = browser.submit(list, list, Map.of("name", EVIL, "email", "me@example.com"));

        assertThat(made.headers().firstValue("Location").orElseThrow(), is("/app/brand-new/workspaces"));
        assertThat(browser.page("/app/brand-new/workspaces").select(".empty").text(), containsString("Create one"));
        assertThat(again.statusCode(), is(422));
        assertThat(alert(again), containsString("already been taken"));
        assertThat(wrong.statusCode(), is(422));
        assertThat(Jsoup.parse(wrong.body()).select("#email").val(), is("me@example.com"));
        assertThat(Jsoup.parse(wrong.body()).select("main img").size(), is(0));
    }

    @Test
    void aProjectIsMadeChangedAndDeleted() {
        String list = "/app/acme/projects";
        String url = browser.submit(list, list, Map.of("name", "networking"))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        int saved = browser.submit(
                        url,
                        url,
                        Map.of(
                                "name",
                                "Networking",
                                "description",
                                EVIL,
                                "default-execution-mode",
                                "local",
                                "tag-bindings",
                                "env = prod\nteam=a=b"))
                .statusCode();
        Document page = browser.page(url);
        HttpResponse<String> refused = browser.submit(url, url, Map.of("tag-bindings", "no good key = x"));
        int deleted = browser.submit(url + "/delete", url + "/delete", Map.of()).statusCode();

        assertThat(saved, is(303));
        assertThat(page.select("#name").val(), is("Networking"));
        assertThat(page.select("#description").val(), is(EVIL));
        assertThat(page.select(".facts").text(), containsString("Execution mode local"));
        assertThat(page.select(".tags .tag").eachText(), is(List.of("env = prod", "team = a=b")));
        assertThat(page.select("#tag-bindings").val(), is("env = prod\nteam = a=b"));
        assertThat(refused.statusCode(), is(422));
        assertThat(refused.body(), containsString("no good key"));
        assertThat(deleted, is(303));
        assertThat(browser.get(url).statusCode(), is(404));
    }

    @Test
    void aProjectWithWorkspacesStaysAndSaysWhy() {
        String list = "/app/acme/projects";
        String url = browser.submit(list, list, Map.of("name", "full"))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        String id = url.substring(url.lastIndexOf('/') + 1);
        browser.submit(WORKSPACES, WORKSPACES, Map.of("name", "in-full", "project", "full"));

        HttpResponse<String> refused = browser.submit(url + "/delete", url + "/delete", Map.of());

        assertThat(refused.statusCode(), is(422));
        assertThat(alert(refused), containsString("still has 1 workspaces"));
        assertThat(
                browser.page(WORKSPACES + "?project=" + id).select("tbody th a").eachText(), is(List.of("in-full")));
        assertThat(
                browser.page(WORKSPACES + "?project=full").select("tbody th a").eachText(), is(List.of("in-full")));
        assertThat(browser.page(WORKSPACES + "?project=nowhere").select("tbody th a"), is(empty()));
        assertThat(
                browser.page(WORKSPACES + "?project=FU")
                        .select("#project-offered option")
                        .eachAttr("value"),
                is(List.of("full")));
        assertThat(
                alert(browser.submit(WORKSPACES, WORKSPACES, Map.of("name", "lost", "project", "nowhere"))),
                containsString("There is no project nowhere."));
    }

    @Test
    void aWorkspaceIsMadeAndSharesItsStateWithNobody() {
        String url = workspace("made");

        assertThat(url, is(WORKSPACES + "/made"));
        assertThat(browser.page(url).select(".tabs a").eachText(), hasItem("Settings"));
        assertThat(site.workspace("made").workspace().settings().globalRemoteState(), is(false));
        HttpResponse<String> again = browser.submit(WORKSPACES, WORKSPACES, Map.of("name", "made"));
        assertThat(again.statusCode(), is(422));
        assertThat(Jsoup.parse(again.body()).select("#name").val(), is("made"));
    }

    @Test
    void theListIsFilteredAndSorted() {
        workspace("zz-filter");
        workspace("aa-filter");
        site.plannedRun("zz-filter", "waits");

        assertThat(
                browser.page(WORKSPACES + "?search=-filter")
                        .select("tbody th a")
                        .eachText(),
                is(List.of("aa-filter", "zz-filter")));
        assertThat(
                browser.page(WORKSPACES + "?search=-filter&sort=name_descending")
                        .select("tbody th a")
                        .eachText(),
                is(List.of("zz-filter", "aa-filter")));
        Document waiting = browser.page(WORKSPACES + "?search=-filter&status=Needs%20attention");
        assertThat(waiting.select("tbody th a").eachText(), is(List.of("zz-filter")));
        assertThat(waiting.select("tbody .badge").text(), is("Planned"));
        Document none = browser.page(WORKSPACES + "?tag=nothing");
        assertThat(none.select("tbody th").eachText(), is(empty()));
        assertThat(none.select(".empty").text(), startsWith("No workspace is like this."));
    }

    @Test
    void aWorkspaceIsLockedByHandAndUnlocked() {
        String url = workspace("locked");

        browser.submit(url, url + "/lock", Map.of("reason", EVIL));
        Document locked = browser.page(url);
        HttpResponse<String> twice = browser.post(url + "/lock", Map.of("csrf", browser.csrf(url), "reason", "again"));
        browser.submit(url, url + "/unlock", Map.of());

        assertThat(locked.select(".lock").text(), allOf(containsString("Locked by admin"), containsString(EVIL)));
        assertThat(twice.statusCode(), is(409));
        assertThat(browser.page(url).select(".lock").text(), containsString("Unlocked"));
    }

    @Test
    void aWorkspaceIsDeletedByWhoTypesItsName() {
        String url = workspace("doomed");

        HttpResponse<String> careless = browser.submit(url + "/delete", url + "/delete", Map.of("typed", "something"));
        int still = browser.get(url).statusCode();
        HttpResponse<String> sure = browser.submit(url + "/delete", url + "/delete", Map.of("typed", "doomed"));

        assertThat(careless.statusCode(), is(422));
        assertThat(alert(careless), containsString("Type doomed to confirm"));
        assertThat(still, is(200));
        assertThat(sure.headers().firstValue("Location").orElseThrow(), is(WORKSPACES));
        assertThat(browser.get(url).statusCode(), is(404));
    }

    @Test
    void settingsAreKeptWhereTheyAreRefused() {
        String url = workspace("set") + "/settings";

        HttpResponse<String> refused =
                browser.submit(url, url, Map.of("name", "set", "working-directory", "../up", "description", EVIL));
        HttpResponse<String> saved = browser.submit(
                url, url, Map.of("name", "renamed", "working-directory", "live/web", "auto-apply", "true"));

        assertThat(refused.statusCode(), is(422));
        Document page = Jsoup.parse(refused.body());
        assertThat(page.select("#working-directory").attr("aria-invalid"), is("true"));
        assertThat(page.select("#description").val(), is(EVIL));
        assertThat(saved.headers().firstValue("Location").orElseThrow(), is(WORKSPACES + "/renamed/settings"));
        assertThat(site.workspace("renamed").workspace().settings().autoApply(), is(true));
        assertThat(browser.get(url).statusCode(), is(404));
    }

    @Test
    void anEngineIsChosenAndTakesItsLatestVersion() {
        String url = workspace("tofu") + "/settings";

        browser.submit(url, url, Map.of("otf-engine", "tofu"));
        String latest = browser.page(url).select("#terraform-version").val();
        browser.submit(url, url, Map.of("terraform-version", "~> 1.12.0"));
        HttpResponse<String> refused = browser.submit(url, url, Map.of("terraform-version", "1.x"));

        assertThat(latest, is("latest"));
        Document page = browser.page(url);
        assertThat(page.select("input[name=otf-engine][checked]").val(), is("tofu"));
        assertThat(page.select("#terraform-version").val(), is("~> 1.12.0"));
        assertThat(refused.statusCode(), is(422));
        assertThat(
                browser.page("/app/acme/workspaces/tofu").select("dl").text(),
                containsString("OpenTofu version ~> 1.12.0"));
    }

    @Test
    void variablesAreAddedChangedAndDeleted() {
        String url = workspace("vars") + "/variables";

        browser.submit(url, url, Map.of("key", "region", "value", "line one\r\nline two"));
        Document listed = browser.page(url);
        String one = listed.select("td.links a").first().attr("href");
        Map<String, String> stale = new HashMap<>(TestBrowser.fields(browser.page(one), one));
        int changed = browser.submit(one, one, Map.of("value", "[1, 2]", "hcl", "true"))
                .statusCode();
        HttpResponse<String> late = browser.post(one, stale);
        Document hcl = browser.page(url);
        int deleted = browser.submit(one + "/delete", one + "/delete", Map.of()).statusCode();

        assertThat(listed.select("tbody code.value").first().wholeText(), is("line one\nline two"));
        assertThat(changed, is(303));
        assertThat(late.statusCode(), is(409));
        assertThat(hcl.select("tbody tr").text(), allOf(containsString("HCL"), containsString("[1, 2]")));
        assertThat(deleted, is(303));
        assertThat(browser.page(url).select(".empty").size(), is(1));
    }

    @Test
    void aSensitiveValueIsNeverInAPage() {
        String url = workspace("secrets") + "/variables";

        browser.submit(url, url, Map.of("key", "password", "value", "open-sesame", "sensitive", "true"));
        HttpResponse<String> again =
                browser.submit(url, url, Map.of("key", "pass word", "value", "open-sesame", "sensitive", "true"));
        String one = browser.page(url).select("td.links a").first().attr("href");
        int kept = browser.submit(one, one, Map.of("description", "kept")).statusCode();

        assertThat(kept, is(303));
        assertThat(again.statusCode(), is(422));
        for (String shown :
                List.of(again.body(), browser.get(url).body(), browser.get(one).body())) {
            assertThat(shown, not(containsString("open-sesame")));
        }
        assertThat(
                site.variables("secrets").stream()
                        .map(variable -> variable.value())
                        .toList(),
                is(List.of("open-sesame")));
        assertThat(site.variables("secrets").getFirst().sensitive(), is(true));
    }

    @Test
    void statesAreListedShownAndDownloaded() {
        String url = workspace("stateful") + "/states";
        site.state("stateful", 1);
        StateVersion second = site.state("stateful", 2);

        Document list = browser.page(url);
        Document page = browser.page(url + "/" + second.id().value());
        HttpResponse<String> file = browser.get(url + "/" + second.id().value() + "/download");

        assertThat(list.select("tbody th a").eachText(), is(List.of("#2", "#1")));
        assertThat(list.select("tbody th").first().text(), containsString("Current"));
        assertThat(page.text(), allOf(containsString("hello 2"), not(containsString("hidden-value"))));
        assertThat(file.body(), containsString("\"serial\": 2"));
        assertThat(
                file.headers().firstValue("Content-Disposition").orElseThrow(),
                is("attachment; filename*=UTF-8''stateful-2.tfstate"));
    }

    @Test
    void aRollbackMakesACopyUnderTheNextSerial() {
        String workspace = workspace("back");
        StateVersion first = site.state("back", 1);
        site.state("back", 2);
        String rollback = workspace + "/states/" + first.id().value() + "/rollback";

        HttpResponse<String> done = browser.submit(rollback, rollback, Map.of());
        String there = done.headers().firstValue("Location").orElseThrow();

        assertThat(browser.page(workspace).select(".lock .badge").text(), is("Unlocked"));
        assertThat(browser.page(workspace + "/states").select("tbody th a").eachText(), is(List.of("#3", "#2", "#1")));
        assertThat(browser.page(there).text(), containsString("hello 1"));
        assertThat(browser.get(there + "/download").body(), containsString("\"serial\":3"));
        browser.submit(workspace, workspace + "/lock", Map.of());
        assertThat(browser.submit(rollback, rollback, Map.of()).statusCode(), is(303));
        assertThat(browser.page(workspace).select(".lock .badge").text(), is("Locked"));
    }

    @Test
    void theReadmeOfTheConfigurationIsShown() {
        String workspace = workspace("described");
        assertThat(browser.page(workspace).select("[hx-get$=readme]"), is(empty()));
        assertThat(browser.page(workspace + "/readme").select(".empty").text(), containsString("no README.md"));
        site.configure("described", "./README.md", "# What it does\n\n" + EVIL);

        String url = browser.page(workspace).select("[hx-get$=readme]").attr("hx-get");
        Document page = browser.page(url);

        assertThat(page.select("#readme h3").text(), is("What it does"));
        assertThat(page.select("#readme").text(), containsString("alert(1)"));
        assertThat(page.select("#readme img, #readme script"), is(empty()));
    }
}
