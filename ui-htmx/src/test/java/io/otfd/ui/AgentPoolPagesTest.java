package io.otfd.ui;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.otfd.agentpool.AgentPool;
import io.otfd.agentpool.RegisteredAgent;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** Agent pools, their tokens and agents, and the workspaces that use them, as a browser without scripts sees them. */
class AgentPoolPagesTest extends SiteTest {

    private static final String POOLS = "/app/acme/agent-pools";

    private static String url(AgentPool pool) {
        return POOLS + "/" + pool.id().value();
    }

    private HttpResponse<String> submit(String page, String action, Map<String, String> typed) {
        return browser.submit(page, action, typed);
    }

    @Test
    void aNewPoolIsSaidOnceAndListed() {
        HttpResponse<String> created = submit(POOLS, POOLS, Map.of("name", "fresh"));
        String cookies = String.join(";", created.headers().allValues("Set-Cookie"));
        String there = created.headers().firstValue("Location").orElseThrow();
        Document page = browser.page(there);

        assertThat(created.statusCode(), is(303));
        assertThat(there, startsWith(POOLS + "/apool-"));
        assertThat(cookies, allOf(containsString("otfd_flash="), containsString("HttpOnly")));
        assertThat(page.select("h1").text(), is("fresh"));
        assertThat(page.select(".menu [aria-current=page]").text(), is("Agent pools"));
        assertThat(browser.page(POOLS).select("tbody th").eachText(), hasItem("fresh"));
    }

    @Test
    void aRefusedNameStaysInItsFieldBesideTheReason() {
        HttpResponse<String> refused = submit(POOLS, POOLS, Map.of("name", EVIL));
        Document page = Jsoup.parse(refused.body());

        assertThat(refused.statusCode(), is(422));
        assertThat(page.select("#name").val(), is(EVIL));
        assertThat(page.select("#name").attr("aria-invalid"), is("true"));
        assertThat(page.select("#name-problem").text(), containsString("may only contain"));
        assertThat(page.select("details.reveal[open]").size(), is(1));
        assertThat(page.select("[role=alert]").text(), containsString("may only contain"));
    }

    @Test
    void choosingInTheDropdownIsEnoughToGrant() {
        AgentPool pool = site.pool("chosen");
        String web = site.workspace("web").workspace().id().value();

        HttpResponse<String> saved =
                submit(url(pool), url(pool), Map.of("organization-scoped", "false", "add-allowed-workspaces", web));
        Document page = browser.page(url(pool));

        assertThat(saved.statusCode(), is(303));
        assertThat(site.pool(pool.id()).organizationScoped(), is(false));
        assertThat(
                site.pool(pool.id()).allowedWorkspaces(),
                is(List.of(site.workspace("web").workspace().id())));
        assertThat(page.select(".chosen li").text(), allOf(containsString("web"), containsString("granted")));
        assertThat(page.select("#add-allowed-workspaces option").eachText(), not(hasItem("web")));
    }

    @Test
    void addingShowsWhatWouldBeAndSavesNothing() {
        AgentPool pool = site.pool("draft");

        HttpResponse<String> drafted = browser.post(
                url(pool) + "/draft",
                Map.of(
                        "csrf", browser.csrf(url(pool)),
                        "name", "renamed",
                        "organization-scoped", "false",
                        "add-allowed-workspaces", "api"));
        Document page = Jsoup.parse(drafted.body());

        assertThat(drafted.statusCode(), is(200));
        assertThat(page.select(".chosen li").text(), allOf(containsString("api"), containsString("not saved yet")));
        assertThat(page.select("#name").val(), is("renamed"));
        assertThat(page.select("#organization-scoped-false[checked]").size(), is(1));
        assertThat(site.pool(pool.id()).name(), is("draft"));
        assertThat(site.pool(pool.id()).allowedWorkspaces(), is(empty()));
    }

    @Test
    void anUnknownWorkspaceIsRefusedWithTheFormKept() {
        AgentPool pool = site.pool("unknown");

        HttpResponse<String> refused = submit(
                url(pool), url(pool), Map.of("organization-scoped", "false", "add-allowed-workspaces", "nothing"));

        assertThat(refused.statusCode(), is(422));
        assertThat(Jsoup.parse(refused.body()).select(".complaint").text(), is("There is no workspace nothing."));
    }

    @Test
    void theSecondOfTwoEditorsHearsOfTheFirst() {
        AgentPool pool = site.pool("edited");
        Map<String, String> second = TestBrowser.fields(browser.page(url(pool)), url(pool));
        submit(url(pool), url(pool), Map.of("name", "first"));
        second.put("name", "second");

        HttpResponse<String> refused = browser.post(url(pool), second);
        Document page = Jsoup.parse(refused.body());

        assertThat(refused.statusCode(), is(409));
        assertThat(page.select("[role=alert]").text(), containsString("Somebody else"));
        assertThat(page.select("#name").val(), is("second"));
        assertThat(site.pool(pool.id()).name(), is("first"));
        assertThat(browser.post(url(pool), TestBrowser.fields(page, url(pool))).statusCode(), is(303));
        assertThat(site.pool(pool.id()).name(), is("second"));
    }

    @Test
    void aTokenIsShownOnceWithTheCommandThatUsesIt() {
        AgentPool pool = site.pool("tokens");

        HttpResponse<String> created = submit(url(pool), url(pool) + "/tokens", Map.of("description", "in the cellar"));
        Document page = Jsoup.parse(created.body());
        String secret = page.select("#token-secret").val();

        assertThat(created.statusCode(), is(201));
        assertThat(secret, containsString(".v1."));
        assertThat(
                page.select("#token-command").val(),
                allOf(startsWith("otf-agent --token " + secret + " --address http://127.0.0.1:")));
        assertThat(page.select("#waiting").text(), containsString("Waiting for the agent"));
        assertThat(browser.get(url(pool)).body(), allOf(containsString("in the cellar"), not(containsString(secret))));
        assertThat(created.headers().firstValue("Cache-Control").orElseThrow(), is("no-store"));
    }

    @Test
    void aTokenIsRevokedAfterAQuestion() {
        AgentPool pool = site.pool("revoked");
        submit(url(pool), url(pool) + "/tokens", Map.of("description", "short-lived"));
        String revoke = browser.page(url(pool)).select("a[href$=/revoke]").attr("href");

        Document question = browser.page(revoke);
        HttpResponse<String> done = submit(revoke, revoke, Map.of());

        assertThat(question.select("h1").text(), is("Revoke token short-lived"));
        assertThat(done.statusCode(), is(303));
        assertThat(browser.page(url(pool)).text(), containsString("There is no token yet"));
    }

    @Test
    void agentsAreListedInTheirPoolAndInTheOrganization() {
        AgentPool pool = site.pool("agents");
        RegisteredAgent agent = site.agent(pool.id(), EVIL);
        site.ping(agent, "busy");

        Document one = browser.page(url(pool));
        Document all = browser.page("/app/acme/agents");

        for (Document page : List.of(one, all)) {
            assertThat(
                    page.select("#agents").text(),
                    allOf(
                            containsString(EVIL),
                            containsString(agent.id().value()),
                            containsString("Busy"),
                            containsString("zone=b"),
                            containsString("192.0.2.7")));
            assertThat(page.select("#agents td[data-label=Isolation]").text(), containsString("sandboxed"));
            assertThat(page.select("#agents script").size(), is(0));
        }
        assertThat(one.select("#agents a[href$=/remove]").size(), is(0));
    }

    @Test
    void anAgentIsDrainedAndGivenJobsAgain() {
        AgentPool pool = site.pool("drained");
        RegisteredAgent agent = site.agent(pool.id(), "tired");
        String drain = browser.page(url(pool)).select("#agents a[href$=/drain]").attr("href");

        int drained = submit(drain, drain, Map.of("message", EVIL)).statusCode();
        Document page = browser.page(url(pool));
        int again = submit(drain, drain, Map.of()).statusCode();
        Document after = browser.page(url(pool));

        assertThat(drain, is("/app/acme/agents/" + agent.id().value() + "/drain"));
        assertThat(drained, is(303));
        assertThat(
                page.select("#agents").text(),
                allOf(containsString("draining: " + EVIL), containsString("Stop draining")));
        assertThat(again, is(303));
        assertThat(after.select("#agents").text(), not(containsString("draining")));
    }

    @Test
    void onlyAnAgentThatIsGoneIsRemoved() {
        AgentPool pool = site.pool("removed");
        RegisteredAgent agent = site.agent(pool.id(), "old");
        String remove = "/app/acme/agents/" + agent.id().value() + "/remove";

        int early = submit(remove, remove, Map.of()).statusCode();
        site.ping(agent, "exited");
        HttpResponse<String> done = submit(remove, remove, Map.of());

        assertThat(early, is(412));
        assertThat(done.statusCode(), is(303));
        assertThat(browser.page(url(pool)).select("#agents").text(), containsString("No agent has registered yet"));
    }

    @Test
    void newsOfAgentsComeByTheStream() {
        AgentPool pool = site.pool("live");
        try (TestBrowser.Stream stream = browser.stream(url(pool) + "/live")) {
            String before = stream.next("part").data();
            site.agent(pool.id(), "late");
            String after = stream.next("part").data();

            assertThat(before, containsString("No agent has registered yet"));
            assertThat(after, allOf(containsString("late"), containsString("Idle")));
        }
    }

    @Test
    void aWorkspaceIsOfferedThePoolsThatItMayUse() {
        AgentPool open = site.pool("open");
        AgentPool closed = site.pool("closed");
        submit(url(closed), url(closed), Map.of("organization-scoped", "false"));
        String settings = "/app/acme/workspaces/api/settings";

        List<String> offered =
                browser.page(settings).select("#agent-pool-id option").eachAttr("value");
        HttpResponse<String> none = submit(settings, settings, Map.of("execution-mode", "agent"));
        HttpResponse<String> saved = submit(
                settings,
                settings,
                Map.of("execution-mode", "agent", "agent-pool-id", open.id().value()));

        assertThat(offered, hasItem(open.id().value()));
        assertThat(offered, not(hasItem(closed.id().value())));
        assertThat(none.statusCode(), is(422));
        assertThat(
                Jsoup.parse(none.body()).select(".pool .complaint").text(),
                containsString("must be specified when using 'agent'"));
        assertThat(saved.statusCode(), is(303));
        assertThat(
                browser.page(url(open)).select(".chosen li").text(),
                allOf(containsString("api"), containsString("granted"), containsString("assigned")));
        Document hindered = browser.page(url(open) + "/delete");
        assertThat(hindered.select("[role=alert]").text(), containsString("workspace api"));
        assertThat(hindered.select("main form").size(), is(0));
        assertThat(
                browser.post(url(open) + "/delete", Map.of("csrf", browser.csrf(url(open))))
                        .statusCode(),
                is(422));
    }

    @Test
    void anUnusedPoolIsDeletedAfterAQuestion() {
        AgentPool pool = site.pool("doomed");

        HttpResponse<String> done = submit(url(pool) + "/delete", url(pool) + "/delete", Map.of());

        assertThat(done.statusCode(), is(303));
        assertThat(browser.get(url(pool)).statusCode(), is(404));
    }

    @Test
    void aPoolOfAnotherOrganizationIsNotThere() {
        AgentPool pool = site.pool("elsewhere");

        assertThat(browser.get("/app/crowd/agent-pools/" + pool.id().value()).statusCode(), is(404));
    }

    @Test
    void nothingHappensWithoutTheFormsToken() {
        AgentPool pool = site.pool("forged");

        assertThat(browser.post(url(pool) + "/delete", Map.of()).statusCode(), is(403));
        assertThat(
                browser.post(url(pool) + "/tokens", Map.of("description", "x")).statusCode(), is(403));
        assertThat(browser.get(url(pool)).statusCode(), is(200));
    }

    @Test
    void aPoolIsFoundAmongMany() {
        String settings = "/app/acme/workspaces/web/settings";
        for (int i = 0; i <= 100; i++) {
            site.pool("many-%03d".formatted(i));
        }
        Map<String, String> typed = TestBrowser.fields(browser.page(settings), settings);
        typed.putAll(Map.of("name", "renamed", "find-agent-pool", "Y-1"));

        Document drafted = Jsoup.parse(browser.post(settings + "/draft", typed).body());

        assertThat(drafted.select("#agent-pool-id option").eachText(), is(List.of("Choose…", "many-100 (0 agents)")));
        assertThat(drafted.select("#name").val(), is("renamed"));
        assertThat(drafted.select("[name=edition]").val(), is(typed.get("edition")));
        assertThat(browser.page(settings).select("#name").val(), is("web"));
    }

    @Test
    void whatIsDraftedDoesNotHideAChangeOfSomebodyElse() {
        AgentPool pool = site.pool("drafted");
        Map<String, String> second = TestBrowser.fields(browser.page(url(pool)), url(pool));
        submit(url(pool), url(pool), Map.of("name", "drafted-first"));

        Document drafted =
                Jsoup.parse(browser.post(url(pool) + "/draft", second).body());
        HttpResponse<String> refused = browser.post(url(pool), TestBrowser.fields(drafted, url(pool)));

        assertThat(refused.statusCode(), is(409));
    }

    @Test
    void aSiteAdminSeesTheAgentsOfAllOrganizations() {
        AgentPool pool = site.pool("of-the-site");
        site.agent(pool.id(), "everywhere");

        Document page = browser.page(browser.page("/app/organizations")
                .select("a:contains(All agents of the site)")
                .attr("href"));

        assertThat(page.select("tr:contains(everywhere) a").eachAttr("href"), hasItem(url(pool)));
        try (TestBrowser.Stream stream =
                browser.stream(page.select("[data-parts]").attr("data-parts"))) {
            assertThat(stream.next("part").data(), containsString("everywhere"));
        }
    }
}
