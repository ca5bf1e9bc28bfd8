package io.otfd.conformance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From the first start to a second person, by the pages alone. */
@ExtendWith(OtfdExtension.class)
class PeoplePagesTest {

    private static final Pattern LINK = Pattern.compile("https://\\S+/welcome/\\S+");
    private static final String PASSWORD = "correct horse battery";

    @Test
    void theFirstPersonInvitesTheSecond(Sandbox sandbox) {
        RunningOtfd otfd = sandbox.otfd("--concurrency", "0");
        try (Chromium chromium = Chromium.required()) {
            Page anns = chromium.window();
            anns.navigate(setUpLink(otfd));
            welcome(anns, "ann", "Set up");
            assertThat(anns.locator(".visitor")).hasText("ann");

            Given given = new Given(otfd.api());
            Organization organization = given.organization();
            Workspace his = given.workspace(organization);
            Workspace other = given.workspace(organization);
            String team = planners(given, organization, his);

            anns.navigate(otfd.server()
                    .resolve("/app/" + organization.name() + "/members")
                    .toString());
            anns.locator("main summary").click();
            anns.getByLabel("E-mail address").fill("bob@example.com");
            anns.getByLabel("Team", new Page.GetByLabelOptions().setExact(true)).selectOption(team);
            button(anns, "Invite").click();
            String invitation = anns.getByLabel("Link", new Page.GetByLabelOptions().setExact(true))
                    .inputValue();

            Page bobs = chromium.window();
            bobs.navigate(invitation);
            assertThat(bobs.locator("main")).containsText("bob@example.com");
            welcome(bobs, "bob", "Set password");
            assertThat(bobs.locator(".visitor")).hasText("bob");
            assertThat(link(bobs, "Users")).hasCount(0);
            bobs.locator("main").getByText(organization.name()).first().click();
            assertThat(bobs.locator("main")).containsText(his.name());
            assertThat(bobs.locator("main")).not().containsText(other.name());
            assertThat(menu(bobs, "Members")).hasCount(0);
            assertThat(menu(bobs, "Settings")).hasCount(0);
            assertThat(menu(anns, "Members")).hasCount(1);
            bobs.getByText(his.name()).first().click();
            assertThat(link(bobs, "New run")).hasCount(1);
            assertThat(link(bobs, "Settings")).hasCount(0);
            assertThat(status(bobs, otfd, other), equalTo(404));

            button(bobs, "Log out").click();
            bobs.getByLabel("User name or e-mail address").fill("bob");
            bobs.getByLabel("Password").fill(PASSWORD);
            button(bobs, "Log in").click();
            assertThat(bobs.locator(".visitor")).hasText("bob");

            bobs.navigate(invitation);
            assertThat(bobs.locator("main")).containsText("has been used");
        }
        otfd.restart();
        assertThat(
                "a set-up link after the set-up", LINK.matcher(lastStart(otfd)).find(), is(false));
        assertThat(otfd.process().errors(), not(containsString(PASSWORD)));
    }

    /** A team that may plan in the workspace, and nothing else. */
    private static String planners(Given given, Organization organization, Workspace workspace) {
        String team = given.team(organization);
        given.api()
                .post(
                        Document.of("team-workspaces")
                                .with("access", "plan")
                                .toOne("team", "teams", team)
                                .toOne("workspace", "workspaces", workspace.id()),
                        "/team-workspaces")
                .then()
                .statusCode(201);
        return team;
    }

    private static Locator menu(Page page, String name) {
        return page.locator(".menu")
                .getByRole(
                        AriaRole.LINK,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    private static int status(Page page, RunningOtfd otfd, Workspace workspace) {
        return page.request()
                .get(otfd.server()
                        .resolve("/app/" + workspace.organization() + "/workspaces/" + workspace.name())
                        .toString())
                .status();
    }

    /** What the server has said since it was started last. */
    private static String lastStart(RunningOtfd otfd) {
        String said = otfd.process().errors();
        return said.substring(said.lastIndexOf("otfd is ready at"));
    }

    private static String setUpLink(RunningOtfd otfd) {
        Matcher link = LINK.matcher(lastStart(otfd));
        assertThat("a set-up link in " + lastStart(otfd), link.find(), is(true));
        return link.group();
    }

    private static void welcome(Page page, String name, String button) {
        page.getByLabel("User name").fill(name);
        if (page.getByLabel("E-mail address").count() > 0) {
            page.getByLabel("E-mail address").fill(name + "@example.com");
        }
        page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true)).fill(PASSWORD);
        page.getByLabel("The same password again").fill(PASSWORD);
        button(page, button).click();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
