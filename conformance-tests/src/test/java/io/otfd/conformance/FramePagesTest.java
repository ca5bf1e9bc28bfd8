package io.otfd.conformance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is around every page: search, keyboard shortcuts, the switch between organizations; and pickers that search. */
@ExtendWith(OtfdExtension.class)
class FramePagesTest {

    private static void login(Page page, Shared shared, String path) {
        page.navigate(shared.server().resolve(path).toString());
        page.getByLabel("API token").fill(shared.server().token());
        Controls.button(page, "Log in").click();
        page.waitForURL(url -> url.endsWith(path));
    }

    /** Read by the browser's side, which knows no quotes of Java's. */
    private static Pattern ending(String path) {
        return Pattern.compile(path + "$");
    }

    @Test
    void keysGoToPagesAndCanBeSwitchedOff(Shared shared) {
        Organization organization = shared.given().organization();
        Workspace workspace = shared.given().workspace(organization);
        String home = "/app/" + organization.name();
        try (Chromium chromium = Chromium.required()) {
            Page page = chromium.window();
            login(page, shared, home + "/workspaces");

            page.keyboard().press("/");
            assertThat(page.locator("#site-search")).isFocused();
            page.keyboard().type(workspace.name().substring(0, 6));
            page.keyboard().press("Enter");
            assertThat(page.locator(".hits")).containsText(workspace.name());

            page.keyboard().press("g");
            page.keyboard().press("r");
            assertThat(page).hasURL(ending(home + "/runs"));
            // In a field they are letters.
            page.locator("#search").fill("");
            page.locator("#search").press("g");
            page.locator("#search").press("w");
            assertThat(page.locator("#search")).hasValue("gw");

            page.locator("h1").click();
            page.keyboard().press("?");
            assertThat(page).hasURL(ending("/app/preferences"));
            page.getByLabel("Keyboard shortcuts").uncheck();
            page.getByLabel("Dark").check();
            Controls.button(page, "Save changes").click();
            assertThat(page.locator(".flash")).containsText("Changes were saved.");
            assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
            page.keyboard().press("/");
            assertThat(page.locator("#site-search")).not().isFocused();
        }
    }

    @Test
    void oneOrganizationLeadsToAnother(Shared shared) {
        Organization here = shared.given().organization();
        Organization there = shared.given().organization();
        try (Chromium chromium = Chromium.required()) {
            Page page = chromium.window();
            login(page, shared, "/app/" + here.name() + "/workspaces");

            Controls.summary(page, here.name()).click();
            page.getByLabel("Name of an organization").fill(there.name());
            page.locator(".others")
                    .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(there.name()))
                    .click();
            assertThat(page).hasURL(ending("/app/" + there.name() + "/workspaces"));
        }
    }

    @Test
    void aPickerLooksForWorkspacesOnTheServer(Shared shared) {
        Organization organization = shared.given().organization();
        Workspace wanted = shared.given().workspace(organization);
        Workspace other = shared.given().workspace(organization);
        String sets = "/app/" + organization.name() + "/variable-sets";
        try (Chromium chromium = Chromium.required()) {
            Page page = chromium.window();
            login(page, shared, sets);
            Controls.summary(page, "New variable set").click();
            page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("picked");
            Controls.button(page, "Create variable set").click();

            page.getByLabel("Specific projects and workspaces").check();
            Locator find = page.getByLabel("Workspaces: part of a name");
            find.fill(wanted.name());
            Locator offered = page.getByLabel("Apply to workspace");
            assertThat(offered).not().containsText(other.name());
            // Enter looks again, and saves nothing.
            find.press("Enter");
            offered.selectOption(wanted.name());
            assertThat(page.locator(".chosen")).containsText(wanted.name());
            assertThat(page.locator(".chosen")).containsText("not saved yet");
            Controls.button(page, "Save changes").click();
            assertThat(page.locator(".chosen")).containsText("applied");
        }
    }
}
