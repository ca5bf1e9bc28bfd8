package io.otfd.ui;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.net.http.HttpResponse;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** Teams, tokens, SSH keys and settings of an organization. */
class IdentityPagesTest extends SiteTest {

    private static final String TOKENS = "/app/settings/tokens";

    @Test
    void aTokenOfOnesOwnIsShownOnceAndLogsIn() {
        HttpResponse<String> made = browser.submit(TOKENS, TOKENS, Map.of("description", "laptop"));
        String secret = Jsoup.parse(made.body()).select("#token-secret").val();
        TestBrowser other = site.browser();
        other.login(secret);
        String delete = browser.page(TOKENS).select("a[href$=/delete]").attr("href");
        int deleted = browser.submit(delete, delete, Map.of()).statusCode();

        assertThat(made.statusCode(), is(201));
        assertThat(browser.get(TOKENS).body(), not(containsString(secret)));
        assertThat(deleted, is(303));
        assertThat(site.browser().post("/login", Map.of("token", secret)).statusCode(), is(401));
    }

    @Test
    void aTokenWithoutADescriptionIsRefused() {
        HttpResponse<String> refused = browser.submit(TOKENS, TOKENS, Map.of());

        assertThat(refused.statusCode(), is(422));
        assertThat(alert(refused), containsString("can't be blank"));
    }

    @Test
    void theOrganizationHasOneToken() {
        String url = "/app/acme/tokens";
        String first = Jsoup.parse(browser.submit(url, url, Map.of()).body())
                .select("#token-secret")
                .val();
        String second = Jsoup.parse(browser.submit(url, url, Map.of()).body())
                .select("#token-secret")
                .val();
        Document page = browser.page(url);
        int deleted = browser.submit(url + "/delete", url + "/delete", Map.of()).statusCode();

        assertThat(first, not(is(second)));
        assertThat(page.select("tbody tr").size(), is(1));
        assertThat(deleted, is(303));
        assertThat(browser.page(url).select(".empty").text(), containsString("no token yet"));
    }

    @Test
    void anSshKeyIsAddedAndNeverShown() {
        String url = "/app/acme/ssh-keys";

        int added = browser.submit(url, url, Map.of("name", "modules", "value", "-----BEGIN KEY-----\nkey-material"))
                .statusCode();
        HttpResponse<String> refused = browser.submit(url, url, Map.of("name", "", "value", "other-material"));
        String listed = browser.get(url).body();
        String delete = browser.page(url).select("a[href$=/delete]").attr("href");
        int deleted = browser.submit(delete, delete, Map.of()).statusCode();

        assertThat(added, is(303));
        assertThat(listed, allOf(containsString("modules"), not(containsString("key-material"))));
        assertThat(refused.statusCode(), is(422));
        assertThat(refused.body(), not(containsString("other-material")));
        assertThat(deleted, is(303));
        assertThat(browser.page(url).select(".empty").size(), is(1));
    }

    @Test
    void anSshKeyIsRenamedByWhoSeesWhatIsThere() {
        String list = "/app/acme/ssh-keys";
        browser.submit(list, list, Map.of("name", "before", "value", "key-material"));
        String url = browser.page(list).select("th a").attr("href");
        Map<String, String> fields = TestBrowser.fields(browser.page(url), url);

        int saved = browser.submit(url, url, Map.of("name", "after")).statusCode();
        HttpResponse<String> late = browser.post(url, fields);
        HttpResponse<String> empty = browser.submit(url, url, Map.of("name", ""));

        assertThat(saved, is(303));
        assertThat(browser.page(list).select("th a").eachText(), hasItems("after"));
        assertThat(late.statusCode(), is(409));
        assertThat(empty.statusCode(), is(422));
        browser.submit(url + "/delete", url + "/delete", Map.of());
    }

    @Test
    void aTeamHasMembersAndAccess() {
        String list = "/app/acme/teams";
        String url = browser.submit(list, list, Map.of("name", "operators"))
                .headers()
                .firstValue("Location")
                .orElseThrow();

        int joined = browser.submit(url, url + "/members", Map.of("username", "admin"))
                .statusCode();
        HttpResponse<String> stranger = browser.submit(url, url + "/members", Map.of("username", "nobody"));
        int saved = browser.submit(url, url, Map.of("visibility", "organization", "manage-agent-pools", "true"))
                .statusCode();
        Document page = browser.page(url);
        int left = browser.submit(url, url + "/members/remove", Map.of()).statusCode();
        int deleted = browser.submit(url + "/delete", url + "/delete", Map.of()).statusCode();

        assertThat(url, startsWith(list + "/team-"));
        assertThat(joined, is(303));
        assertThat(stranger.statusCode(), is(422));
        assertThat(Jsoup.parse(stranger.body()).select("#username").val(), is("nobody"));
        assertThat(saved, is(303));
        assertThat(page.select(".chosen li").text(), containsString("admin"));
        assertThat(page.select("#manage-agent-pools[checked]").size(), is(1));
        assertThat(page.select("#visibility-organization[checked]").size(), is(1));
        assertThat(left, is(303));
        assertThat(deleted, is(303));
    }

    @Test
    void theOwnersKeepAnOwner() {
        String owners = browser.page("/app/acme/teams")
                .select("tbody a:contains(owners)")
                .attr("href");

        HttpResponse<String> refused = browser.submit(owners, owners + "/members/remove", Map.of());

        assertThat(refused.statusCode(), is(422));
        assertThat(alert(refused), containsString("needs an owner"));
    }

    @Test
    void anOrganizationIsRenamedAndDeletedByWhoTypesItsName() {
        String list = "/app/organizations";
        browser.submit(list, list, Map.of("name", "shortlived", "email", "me@example.com"));
        String url = "/app/shortlived/settings";

        HttpResponse<String> refused = browser.submit(url, url, Map.of("name", "x"));
        HttpResponse<String> saved =
                browser.submit(url, url, Map.of("name", "renamed-org", "default-execution-mode", "local"));
        String there = saved.headers().firstValue("Location").orElseThrow();
        int careless = browser.submit(there + "/delete", there + "/delete", Map.of("typed", "shortlived"))
                .statusCode();
        int sure = browser.submit(there + "/delete", there + "/delete", Map.of("typed", "renamed-org"))
                .statusCode();

        assertThat(refused.statusCode(), is(422));
        assertThat(there, is("/app/renamed-org/settings"));
        assertThat(careless, is(422));
        assertThat(sure, is(303));
        assertThat(browser.get(there).statusCode(), is(404));
    }

    @Test
    void theMenuLeadsToEveryPageOfAnOrganization() {
        Document page = browser.page("/app/acme/workspaces");

        assertThat(
                page.select(".menu > ul a").eachText(),
                hasItems("Workspaces", "Projects", "Agent pools", "Agents", "Teams", "SSH keys", "Settings"));
        for (String url : page.select(".menu > ul a").eachAttr("href")) {
            assertThat(
                    url, browser.page(url).select(".menu [aria-current=page]").attr("href"), is(url));
        }
    }
}
