package io.otfd.ui;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.otfd.PostgresExtension;
import io.otfd.TestDatabase;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Members of an organization, and what a member without rights finds. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MemberPagesTest {

    private static final String MEMBERS = "/app/acme/members";
    private static final String PASSWORD = "correct horse battery";

    private TestSite site;
    private TestBrowser admin;

    @BeforeAll
    void start(TestDatabase database) {
        site = TestSite.start(database);
        admin = site.browser();
        admin.login(TestSite.TOKEN);
    }

    @AfterAll
    void stop() {
        site.close();
    }

    /** Invites somebody, who sets a password. */
    private TestBrowser arrived(String name, String team) {
        HttpResponse<String> invited =
                admin.submit(MEMBERS, MEMBERS, Map.of("email", name + "@example.com", "teams", team));
        assertThat(invited.statusCode(), is(201));
        String link = Jsoup.parse(invited.body()).select("#link").val();
        String path = link.substring(link.indexOf("/welcome"));
        TestBrowser browser = site.browser();
        browser.submit(path, path, Map.of("username", name, "password", PASSWORD, "password_confirmation", PASSWORD));
        return browser;
    }

    private String team(String name, Map<String, String> access) {
        String list = "/app/acme/teams";
        String url = admin.submit(list, list, Map.of("name", name))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        admin.submit(url, url, access);
        return url.substring(url.lastIndexOf('/') + 1);
    }

    private Document row(String name) {
        return Jsoup.parseBodyFragment("<table>"
                + admin.page(MEMBERS)
                        .select("tbody tr:has(th:containsOwn(" + name + "))")
                        .outerHtml() + "</table>");
    }

    @Test
    void aMemberIsInvitedIntoATeamAndRemoved() {
        String team = team("greeters", Map.of());
        HttpResponse<String> refused = admin.submit(MEMBERS, MEMBERS, Map.of("email", "nonsense"));

        TestBrowser gwen = arrived("gwen", team);
        HttpResponse<String> twice = admin.submit(MEMBERS, MEMBERS, Map.of("email", "Gwen@example.com"));
        Document row = row("gwen");
        String removal = row.select("a[href$=/delete]").attr("href");
        int before = gwen.get("/app/acme/workspaces").statusCode();
        int removed = admin.submit(removal, removal, Map.of()).statusCode();

        assertThat(refused.statusCode(), is(422));
        assertThat(Jsoup.parse(refused.body()).select("#email").val(), is("nonsense"));
        assertThat(twice.statusCode(), is(422));
        assertThat(row.text(), containsString("gwen@example.com active greeters"));
        assertThat(before, is(200));
        assertThat(removed, is(303));
        assertThat(gwen.get("/app/acme/workspaces").statusCode(), is(404));
        assertThat(row("gwen").text(), is(""));
    }

    @Test
    void theLastOwnerIsNotRemoved() {
        String removal = row("admin").select("a[href$=/delete]").attr("href");

        HttpResponse<String> refused = admin.submit(removal, removal, Map.of());

        assertThat(refused.statusCode(), is(422));
        assertThat(Jsoup.parse(refused.body()).select("[role=alert]").text(), containsString("remove yourself"));
    }

    @Test
    void whoManagesMembershipInvitesWithoutMakingLinks() {
        TestBrowser mia = arrived("mia", team("greeters of all", Map.of("manage-membership", "true")));

        HttpResponse<String> invited = mia.submit(MEMBERS, MEMBERS, Map.of("email", "newcomer@example.com"));

        assertThat(invited.statusCode(), is(303));
        assertThat(mia.page(MEMBERS).select("tbody").text(), containsString("newcomer@example.com invited"));
        assertThat(mia.page(MEMBERS).select("select[name=teams] option").eachText(), not(contains("owners")));
    }

    private static List<String> menu(TestBrowser browser) {
        return browser.page("/app/acme/workspaces")
                .select(".menu a[href^=/app/acme/]")
                .eachAttr("href");
    }

    /** Every page of the organization that an owner's menu leads to, and forms for what an owner does there. */
    @Test
    void aMemberWithoutRightsFindsNoButtonsAndNoPagesOfAdmins() {
        TestBrowser ben = arrived("ben", "");
        List<String> owners = menu(admin);
        List<String> his = menu(ben);

        assertThat(ben.page("/app/organizations").select("tbody th a").eachText(), contains("acme"));
        assertThat(ben.page("/app/acme/workspaces").select("tbody th a").eachText(), is(empty()));
        for (String url : owners) {
            int status = ben.get(url).statusCode();
            assertThat(url + " is " + status, status, is(his.contains(url) ? 200 : 404));
        }
        for (String url : his) {
            assertThat(
                    url + " has forms",
                    ben.page(url).select("main form[method=post]").eachAttr("action"),
                    is(empty()));
        }
        for (String url : List.of(
                MEMBERS,
                "/app/acme/settings",
                "/app/acme/tokens",
                "/app/acme/workspaces/web",
                "/app/acme/workspaces/web/settings",
                "/app/acme/agents",
                "/app/settings/users",
                "/app/agents")) {
            assertThat(url, ben.get(url).statusCode(), is(404));
        }
        String csrf = ben.csrf("/app/organizations");
        for (String url : List.of(MEMBERS, "/app/acme/teams", "/app/acme/settings", "/app/settings/users")) {
            int status = ben.post(url, Map.of("csrf", csrf, "email", "x@example.com", "name", "x-team"))
                    .statusCode();
            assertThat(url, status, is(404));
        }
    }

    @Test
    void theRegistryIsThereToBeRead() {
        TestBrowser reader = arrived("reader", "");
        String registry = "/app/acme/registry";

        assertThat(reader.page(registry).select("form[enctype]"), is(empty()));
        HttpResponse<String> published = reader.post(
                registry,
                Map.of("csrf", reader.csrf(registry), "name", "a", "provider", "b", "version", "1.0.0"),
                "archive",
                new byte[100]);
        assertThat(published.statusCode(), is(404));
    }
}
