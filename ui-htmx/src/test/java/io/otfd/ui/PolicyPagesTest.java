package io.otfd.ui;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.otfd.policy.Enforcement;
import io.otfd.policyevaluation.Assignment;
import io.otfd.policyevaluation.PolicyEvaluations;
import io.otfd.run.Run;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** Policies, and the sets that say where they count. */
class PolicyPagesTest extends SiteTest {

    private static final String POLICIES = "/app/acme/policies";
    private static final String SETS = "/app/acme/policy-sets";

    private String made(String list, Map<String, String> typed) {
        HttpResponse<String> answer = browser.submit(list, list, typed);
        assertThat(answer.body(), answer.statusCode(), is(303));
        return answer.headers().firstValue("Location").orElseThrow();
    }

    @Test
    void aPolicyIsWrittenChangedAndDeleted() {
        String url = made(POLICIES, Map.of("name", "no-deletes", "source", "package one", "query", "data.one.deny"));

        browser.submit(
                url,
                url,
                Map.of("source", "package <two>", "query", "data.two.deny", "enforcement-level", "mandatory"));
        Document page = browser.page(url);

        assertThat(page.select("textarea[name=source]").text(), is("package <two>"));
        assertThat(page.select("aside").text(), allOf(containsString("Mandatory"), containsString("data.two.deny")));
        assertThat(browser.page(POLICIES).select("tbody").text(), containsString("no-deletes"));
        browser.submit(url + "/delete", url + "/delete", Map.of());
        assertThat(browser.page(POLICIES).select("tbody").text(), not(containsString("no-deletes")));
    }

    @Test
    void aSetTakesPoliciesAndWorkspaces() {
        String policy = made(POLICIES, Map.of("name", "in-a-set"));
        String web = site.workspace("web").workspace().id().value();
        String url = made(SETS, Map.of("name", "of-web"));

        HttpResponse<String> saved = browser.submit(
                url,
                url,
                Map.of(
                        "add-policies",
                        policy.substring(policy.lastIndexOf('/') + 1),
                        "add-workspaces",
                        web,
                        "overridable",
                        "true"));
        Document page = browser.page(url);

        assertThat(saved.body(), saved.statusCode(), is(303));
        assertThat(page.select(".chosen li").text(), allOf(containsString("in-a-set"), containsString("web")));
        assertThat(page.select("#add-policies option").eachText(), not(hasItem("in-a-set")));
        assertThat(
                browser.page(SETS).select("tr:contains(of-web)").text(),
                allOf(containsString("1 workspace"), containsString("Overridable")));
        browser.submit(url + "/delete", url + "/delete", Map.of());
        assertThat(browser.page(SETS).text(), not(containsString("of-web")));
    }

    @Test
    void aRunShowsWhatPoliciesSayAndIsOverridden() {
        String policy = made(POLICIES, Map.of("name", "guarding", "enforcement-level", "mandatory"));
        String api = site.workspace("api").workspace().id().value();
        String set = made(SETS, Map.of("name", "of-api"));
        browser.submit(
                set,
                set,
                Map.of(
                        "add-policies",
                        policy.substring(policy.lastIndexOf('/') + 1),
                        "add-workspaces",
                        api,
                        "overridable",
                        "true"));
        Run run = site.plannedRun("api", "held");
        browser.submit(set + "/delete", set + "/delete", Map.of());
        String page = "/app/acme/workspaces/api/runs/" + run.id().value();
        String waiting = browser.page(page).select("#run").text();

        Assignment.Rule rule = new Assignment.Rule(
                "guarding", Optional.empty(), "data.rule", Enforcement.MANDATORY, Optional.of("package rule"));
        Assignment.Set of = new Assignment.Set("of-api", Optional.empty(), true, List.of(rule));
        PolicyEvaluations evaluations = site.policyEvaluations();
        evaluations.finish(
                evaluations.claim(Duration.ZERO).orElseThrow(),
                "1.0",
                List.of(new Assignment.Result(of, "", List.of(rule.failed(List.of("<b>no</b>"))))));
        Document failed = browser.page(page);
        int overridden = browser.submit(page, page + "/override", Map.of()).statusCode();
        Document after = browser.page(page);
        browser.submit(page, page + "/discard", Map.of());

        assertThat(waiting, allOf(containsString("Post-plan running"), containsString("Policies")));
        assertThat(
                failed.select(".checks").text(),
                allOf(containsString("of-api / guarding"), containsString("<b>no</b>"), containsString("0 of 1")));
        assertThat(failed.select("#run button").eachText().toString(), containsString("Override and continue"));
        assertThat(overridden, is(303));
        assertThat(after.select(".checks").text(), containsString("Overridden"));
        assertThat(after.select("#run button").eachText().toString(), containsString("Confirm and apply"));
    }

    @Test
    void theSecondOfTwoEditorsHearsOfTheFirst() {
        String url = made(POLICIES, Map.of("name", "edited"));
        Map<String, String> second = TestBrowser.fields(browser.page(url), url);
        browser.submit(url, url, Map.of("query", "data.first"));
        second.put("query", "data.second");

        HttpResponse<String> refused = browser.post(url, second);

        assertThat(refused.statusCode(), is(409));
        assertThat(Jsoup.parse(refused.body()).select("input[name=query]").val(), is("data.second"));
    }

    @Test
    void whatIsRefusedStaysInItsForm() {
        HttpResponse<String> refused =
                browser.submit(POLICIES, POLICIES, Map.of("name", "no blanks", "source", "package kept"));

        assertThat(refused.statusCode(), is(422));
        assertThat(Jsoup.parse(refused.body()).select("textarea[name=source]").text(), is("package kept"));
    }
}
