package io.otfd.ui;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.otfd.PostgresExtension;
import io.otfd.TestDatabase;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The set-up of the site, logging in by password, and one's own account. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccountPagesTest {

    private static final String ACCOUNT = "/app/settings/account";
    private static final String PASSWORD = "correct horse battery";
    private static final Map<String, String> ANN = Map.of(
            "username", "ann", "email", "ann@example.com", "password", PASSWORD, "password_confirmation", PASSWORD);

    private TestSite site;
    private TestBrowser browser;

    /** Ann sets the site up. */
    @BeforeAll
    void start(TestDatabase database) {
        site = TestSite.start(database);
        assertThat(byTokenIsOpen(), is(true));
        String link = Links.welcome(site.passwordLinks().mintSetUp().orElseThrow());
        browser = site.browser();

        HttpResponse<String> careless = browser.submit(
                link, link, Map.of("username", "ann", "password", "abc", "password_confirmation", "abc"));
        HttpResponse<String> done = browser.submit(link, link, ANN);

        assertThat(careless.statusCode(), is(422));
        assertThat(Jsoup.parse(careless.body()).select("#username").val(), is("ann"));
        assertThat(Jsoup.parse(careless.body()).select("#password").val(), is(""));
        assertThat(done.statusCode(), is(303));
        assertThat(browser.page("/app/organizations").select("header .visitor").text(), is("ann"));
        assertThat(site.browser().get(link).statusCode(), is(410));
        assertThat(site.browser().post(link, ANN).statusCode(), is(410));
        assertThat(byTokenIsOpen(), is(false));
    }

    @AfterAll
    void stop() {
        site.close();
    }

    private boolean byTokenIsOpen() {
        return !site.browser().page("/login").select("details[open]").isEmpty();
    }

    private TestBrowser ann(String password) {
        TestBrowser ann = site.browser();
        ann.submit("/login", "/login", Map.of("username", "ann", "password", password));
        return ann;
    }

    @Test
    void aPasswordLogsInAndLeadsToWhereOneWanted() {
        HttpResponse<String> wrong =
                site.browser().submit("/login", "/login", Map.of("username", "ann", "password", "something else"));
        HttpResponse<String> right = site.browser()
                .submit(
                        "/login?return-to=%2Fapp%2Facme%2Fteams",
                        "/login", Map.of("username", "ANN@example.com", "password", PASSWORD));

        assertThat(wrong.statusCode(), is(401));
        assertThat(Jsoup.parse(wrong.body()).select("[role=alert]").text(), containsString("do not belong together"));
        assertThat(Jsoup.parse(wrong.body()).select("#username").val(), is("ann"));
        assertThat(wrong.body(), not(containsString("something else")));
        assertThat(right.headers().firstValue("Location").orElseThrow(), is("/app/acme/teams"));
    }

    @Test
    void whoGuessesTooOftenIsToldSo() {
        for (int i = 0; i < 10; i++) {
            site.browser().post("/login", Map.of("username", "guessed", "password", "guess " + i));
        }

        HttpResponse<String> refused =
                site.browser().post("/login", Map.of("username", "guessed", "password", "guess"));
        HttpResponse<String> elsewhere = site.browser()
                .post(
                        "/login",
                        Map.of("username", "guessed", "password", "guess"),
                        Map.of("X-Forwarded-For", "198.51.100.9, 192.0.2.44"));

        assertThat(refused.statusCode(), is(429));
        assertThat(Jsoup.parse(refused.body()).select("[role=alert]").text(), containsString("15 minutes"));
        assertThat(elsewhere.statusCode(), is(401));
    }

    @Test
    void sessionsAreListedAndEnded() {
        TestBrowser one = ann(PASSWORD);
        TestBrowser other = ann(PASSWORD);
        Document page = one.page(ACCOUNT);
        String end = page.select("tbody tr:not(:has(td:contains(this one))) form")
                .first()
                .attr("action");

        int ended = one.submit(ACCOUNT, end, Map.of()).statusCode();
        int again = one.post(end, Map.of("csrf", one.csrf(ACCOUNT))).statusCode();
        HttpResponse<String> everywhere = one.submit(ACCOUNT, ACCOUNT + "/sessions/delete", Map.of());

        assertThat(page.select("tbody td:contains(127.0.0.1)").isEmpty(), is(false));
        assertThat(ended, is(303));
        assertThat(again, is(404));
        assertThat(everywhere.headers().firstValue("Location").orElseThrow(), is("/login"));
        assertThat(one.get(ACCOUNT).statusCode(), is(303));
        assertThat(other.get(ACCOUNT).statusCode(), is(303));
    }

    @Test
    void thePasswordIsChangedByWhoKnowsIt() {
        TestBrowser one = ann(PASSWORD);
        String url = ACCOUNT + "/password";
        Map<String, String> next = Map.of("password", "another password", "password_confirmation", "another password");

        HttpResponse<String> refused = one.submit(ACCOUNT, url, next);
        int changed = one.submit(ACCOUNT, url, with(next, "current_password", PASSWORD))
                .statusCode();

        assertThat(refused.statusCode(), is(422));
        assertThat(refused.body(), containsString("Current password is not correct"));
        assertThat(refused.body(), not(containsString("another password")));
        assertThat(changed, is(303));
        assertThat(ann("another password").get(ACCOUNT).statusCode(), is(200));
        one.submit(
                ACCOUNT,
                url,
                Map.of(
                        "current_password",
                        "another password",
                        "password",
                        PASSWORD,
                        "password_confirmation",
                        PASSWORD));
    }

    private static Map<String, String> with(Map<String, String> fields, String name, String value) {
        Map<String, String> more = new HashMap<>(fields);
        more.put(name, value);
        return more;
    }

    @Test
    void aNameThatIsTakenIsRefusedBesideItsField() {
        TestBrowser one = ann(PASSWORD);

        HttpResponse<String> refused = one.submit(ACCOUNT, ACCOUNT, Map.of("username", "Admin"));
        int saved =
                one.submit(ACCOUNT, ACCOUNT, Map.of("email", "ann@example.org")).statusCode();

        assertThat(refused.statusCode(), is(422));
        assertThat(
                Jsoup.parse(refused.body()).select("#username-problem").text(), is("Username has already been taken"));
        assertThat(saved, is(303));
        assertThat(one.page(ACCOUNT).select("#email").val(), is("ann@example.org"));
        one.submit(ACCOUNT, ACCOUNT, Map.of("email", "ann@example.com"));
    }

    @Test
    void aSiteAdminInvitesSuspendsAndDeletes() {
        String users = "/app/settings/users";
        TestBrowser ann = ann(PASSWORD);
        HttpResponse<String> invited = ann.submit(users, users, Map.of("email", "bob@example.com"));
        HttpResponse<String> twice = ann.submit(users, users, Map.of("email", "Bob@example.com"));
        Document page = Jsoup.parse(invited.body());
        String link = page.select("#link").val();
        String bob = page.select("form[action$=/suspend]").attr("action").replace("/suspend", "");
        TestBrowser his = site.browser();
        String path = link.substring(link.indexOf("/welcome"));
        HttpResponse<String> set = his.submit(
                path, path, Map.of("username", "bobby", "password", PASSWORD, "password_confirmation", PASSWORD));
        String search = ann.page(users + "?search=BOB").select("tbody tr").text();

        assertThat(invited.statusCode(), is(201));
        assertThat(twice.statusCode(), is(422));
        assertThat(set.statusCode(), is(303));
        assertThat(search, containsString("bobby bob@example.com"));
        assertThat(his.page("/app/organizations").select("nav[aria-label=Site]").text(), not(containsString("Users")));
        assertThat(his.get(users).statusCode(), is(404));
        assertThat(his.get(bob).statusCode(), is(404));
        assertThat(
                his.post(bob + "/grant-admin", Map.of("csrf", his.csrf("/app/organizations")))
                        .statusCode(),
                is(404));
        assertThat(ann.submit(bob, bob + "/suspend", Map.of()).statusCode(), is(303));
        assertThat(his.get("/app/organizations").statusCode(), is(303));
        assertThat(
                his.post("/login", Map.of("username", "bobby", "password", PASSWORD))
                        .statusCode(),
                is(403));
        assertThat(ann.submit(bob, bob + "/unsuspend", Map.of()).statusCode(), is(303));
        assertThat(ann.submit(bob + "/delete", bob + "/delete", Map.of()).statusCode(), is(303));
        assertThat(ann.get(bob).statusCode(), is(404));
    }

    @Test
    void aNewAddressIsConfirmedByASiteAdminAlone() {
        String users = "/app/settings/users";
        TestBrowser ann = ann(PASSWORD);
        Document page = Jsoup.parse(
                ann.submit(users, users, Map.of("email", "cleo@example.com")).body());
        String link = page.select("#link").val();
        String path = link.substring(link.indexOf("/welcome"));
        String cleo = page.select("form[action$=/suspend]").attr("action").replace("/suspend", "");
        TestBrowser hers = site.browser();
        hers.submit(path, path, Map.of("username", "cleo", "password", PASSWORD, "password_confirmation", PASSWORD));

        hers.submit(ACCOUNT, ACCOUNT, Map.of("email", "cleo@example.org"));

        assertThat(hers.page(ACCOUNT).select("#email").val(), is("cleo@example.com"));
        assertThat(hers.page(ACCOUNT).text(), containsString("cleo@example.org takes its place"));
        assertThat(ann.submit(cleo, cleo + "/confirm", Map.of()).statusCode(), is(303));
        assertThat(hers.page(ACCOUNT).select("#email").val(), is("cleo@example.org"));
    }
}
