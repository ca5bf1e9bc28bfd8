package io.otfd.ui;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages on a real server and a real database, as a browser asks for them. */
class PagesTest extends SiteTest {

    @Test
    void aStrangerIsSentToTheLoginAndBack() {
        TestBrowser stranger = site.browser();

        HttpResponse<String> refused = stranger.get("/app/acme/workspaces?search=x%20y");
        String login = refused.headers().firstValue("Location").orElseThrow();
        Document form = Jsoup.parse(stranger.get(login).body());
        HttpResponse<String> done = stranger.post(
                "/login",
                Map.of(
                        "token",
                        TestSite.TOKEN,
                        "return-to",
                        form.select("[name=return-to]").attr("value")));

        assertThat(refused.statusCode(), is(303));
        assertThat(login, startsWith("/login?return-to="));
        assertThat(done.statusCode(), is(303));
        assertThat(done.headers().firstValue("Location").orElseThrow(), is("/app/acme/workspaces?search=x%20y"));
    }

    @Test
    void aFormWithoutASessionLeadsBackToItsPage() {
        TestBrowser stranger = site.browser();
        String page = stranger.address() + "/app/acme/workspaces?status=Running";

        HttpResponse<String> refused =
                stranger.post("/app/acme/workspaces", Map.of("name", "late"), Map.of("Referer", page));
        HttpResponse<String> foreign = stranger.post(
                "/app/acme/workspaces", Map.of("name", "late"), Map.of("Referer", "https://elsewhere.example/app/x"));

        assertThat(
                refused.headers().firstValue("Location").orElseThrow(),
                is("/login?return-to=" + Links.encode("/app/acme/workspaces?status=Running")));
        assertThat(foreign.headers().firstValue("Location").orElseThrow(), is("/login"));
    }

    @Test
    void whatIsGoneSaysSo() {
        HttpResponse<String> gone = browser.get("/app/acme/workspaces/no-such-one");

        assertThat(gone.statusCode(), is(404));
        assertThat(Jsoup.parse(gone.body()).select("main").text(), containsString("deleted or renamed"));
    }

    @Test
    void workspacesAreCountedByTheStatusOfTheirRuns() {
        site.plannedRun("web", "to be counted");
        Document list = browser.page("/app/acme/workspaces");
        Document counted = browser.page(list.select("#statuses").attr("hx-get"));

        assertThat(list.select("#statuses a").first().text(), is("Needs attention"));
        assertThat(counted.select("#statuses a").first().text(), is("Needs attention 1"));
        assertThat(counted.select("#statuses[hx-trigger]"), is(empty()));
        assertThat(
                browser.page(counted.select("#statuses a").first().attr("href"))
                        .select("tbody th a")
                        .eachText(),
                is(List.of("web")));
    }

    @Test
    void theSessionCookieIsOutOfReachForScriptsAndOtherSites() {
        HttpResponse<String> done = site.browser().post("/login", Map.of("token", TestSite.TOKEN));

        String cookie = done.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(
                cookie,
                allOf(
                        startsWith("otfd_session=otfd.v1."),
                        containsString("HttpOnly"),
                        containsString("SameSite=Lax"),
                        containsString("Path=/"),
                        not(containsString(TestSite.TOKEN)),
                        not(containsString("Secure"))));
    }

    @Test
    void theCookieIsSecureBehindHttps() {
        HttpResponse<String> done =
                site.browser().post("/login", Map.of("token", TestSite.TOKEN), Map.of("X-Forwarded-Proto", "https"));

        assertThat(done.headers().firstValue("Set-Cookie").orElseThrow(), containsString("Secure"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "otfd.v1.nonsense", "' OR 1=1 --"})
    void wrongTokensAreRefused(String token) {
        HttpResponse<String> refused = site.browser().post("/login", Map.of("token", token));

        assertThat(refused.statusCode(), is(401));
        assertThat(refused.headers().map().containsKey("Set-Cookie"), is(false));
        assertThat(Jsoup.parse(refused.body()).select("[role=alert]").text(), containsString("not valid"));
    }

    @Test
    void afterTheLogoutTheOldCookieIsWorthNothing() {
        TestBrowser leaving = site.browser();
        leaving.login(TestSite.TOKEN);
        String csrf = leaving.csrf("/app/organizations");
        String cookie = leaving.cookie();

        HttpResponse<String> done = leaving.post("/logout", Map.of("csrf", csrf));

        assertThat(done.headers().firstValue("Location").orElseThrow(), is("/login"));
        assertThat(site.browser(cookie).get("/app/organizations").statusCode(), is(303));
    }

    @Test
    void listsShowWhatIsThereAndSearchNarrowsThem() {
        Document organizations = browser.page("/app/organizations");
        Document workspaces = browser.page("/app/acme/workspaces");
        Document found = browser.page("/app/acme/workspaces?search=WE");
        Document none = browser.page("/app/acme/workspaces?search=" + Links.encode(EVIL));

        assertThat(organizations.select("tbody th").eachText(), is(List.of("acme", "crowd")));
        assertThat(workspaces.select("tbody th").eachText(), is(List.of("api", "web")));
        assertThat(found.select("tbody th").eachText(), is(List.of("web")));
        assertThat(none.select("tbody th").eachText(), is(empty()));
        assertThat(none.select("#search").attr("value"), is(EVIL));
    }

    @Test
    void listsHavePages() {
        Document first = browser.page("/app/crowd/workspaces");
        Document second = browser.page(first.select("a[rel=next]").attr("href"));

        assertThat(first.select("tbody th").size(), is(20));
        assertThat(second.select("tbody th").eachText(), is(List.of("w21", "w22")));
        assertThat(second.select("a[rel=next]").size(), is(0));
    }

    @Test
    void aWorkspaceSaysHowToUseIt() {
        Document page = browser.page("/app/acme/workspaces/api");

        assertThat(
                page.select("pre.code").text(),
                allOf(containsString("organization = \"acme\""), containsString("name = \"api\"")));
        assertThat(page.select(".lock").text(), containsString("Unlocked"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/app/nobody/workspaces",
                "/app/acme/workspaces/nothing",
                "/app/acme/workspaces/web/runs/run-nothing",
                "/app/acme/workspaces/web/runs/nonsense",
                "/app/acme/workspaces/web/nonsense",
                "/app/a/b/c/d/e/f",
                "/app/acme%00/workspaces"
            })
    void unknownAddressesAreAPageOfTheSite(String path) {
        HttpResponse<String> missing = browser.get(path);

        assertThat(missing.statusCode(), is(404));
        assertThat(missing.headers().firstValue("Content-Type").orElseThrow(), is("text/html; charset=utf-8"));
        assertThat(Jsoup.parse(missing.body()).select("h1").text(), is("Page not found"));
        assertThat(Jsoup.parse(missing.body()).select("header .visitor").text(), is("admin"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"page=0", "page=x", "page=99999999999", "search=%00"})
    void unreadableAddressesAreTheVisitorsMistake(String query) {
        assertThat(browser.get("/app/acme/workspaces?" + query).statusCode(), is(400));
    }

    @Test
    void everyPageForbidsWhatItDoesNotNeed() {
        HttpResponse<String> page = browser.get("/app/organizations");

        String policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
        assertThat(
                policy,
                allOf(
                        containsString("default-src 'none'"),
                        containsString("script-src 'self';"),
                        containsString("style-src 'self';"),
                        containsString("frame-ancestors 'none'"),
                        not(containsString("unsafe"))));
        assertThat(page.headers().firstValue("X-Content-Type-Options").orElseThrow(), is("nosniff"));
        assertThat(page.headers().firstValue("Referrer-Policy").orElseThrow(), is("same-origin"));
        assertThat(page.headers().firstValue("Cache-Control").orElseThrow(), is("no-store"));
    }

    @Test
    void assetsAreKeptForGoodUnderTheirVersion() {
        Document page = browser.page("/app/organizations");

        for (String url : page.select("link[href^=/assets/], script").stream()
                .map(element -> element.hasAttr("src") ? element.attr("src") : element.attr("href"))
                .toList()) {
            HttpResponse<String> asset = site.browser().get(url);
            assertThat(url, asset.statusCode(), is(200));
            assertThat(asset.headers().firstValue("Cache-Control").orElseThrow(), containsString("immutable"));
        }
        HttpResponse<String> old = site.browser().get("/assets/0/otfd.css");
        assertThat(old.headers().firstValue("Cache-Control").orElseThrow(), not(containsString("immutable")));
        assertThat(site.browser().get("/assets/0/other.css").statusCode(), is(404));
    }
}
