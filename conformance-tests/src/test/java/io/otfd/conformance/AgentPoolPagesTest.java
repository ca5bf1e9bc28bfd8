package io.otfd.conformance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.matchesPattern;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From nothing to a run on an agent of one's own, by the pages alone. */
@ExtendWith(OtfdExtension.class)
class AgentPoolPagesTest {

    private static final Pattern COMMAND = Pattern.compile("otf-agent --token (\\S+) --address (https?://\\S+)");
    private static final String ONE = """
            resource "terraform_data" "one" {
              input = "first"
            }
            """;

    /** How a visitor works the controls. */
    interface Hands {
        void press(Locator control);

        void type(Locator field, String text);

        void choose(Locator dropdown, String option);

        /** The part of the page is not what it was when it was loaded: loads it again where nothing is live. */
        default void look(Page page) {}
    }

    private record Mouse() implements Hands {
        @Override
        public void press(Locator control) {
            control.click();
        }

        @Override
        public void type(Locator field, String text) {
            field.fill(text);
        }

        @Override
        public void choose(Locator dropdown, String option) {
            dropdown.selectOption(option);
        }
    }

    /** Tab, Space, Enter and letters; nothing else. */
    private record Keyboard(Page page) implements Hands {
        private static final int MAX_TABS = 80;

        private void reach(Locator control) {
            control.waitFor();
            for (int i = 0; i < MAX_TABS; i++) {
                if (Boolean.TRUE.equals(control.evaluate("element => element === document.activeElement"))) {
                    return;
                }
                page.keyboard().press("Tab");
            }
            throw new AssertionError("the Tab key does not reach " + control);
        }

        @Override
        public void press(Locator control) {
            if ("radio".equals(control.getAttribute("type"))) {
                // Tab enters a group at the checked one; arrows go on from there.
                Locator checked = page.locator("input[type=radio][name=" + control.getAttribute("name") + "]:checked");
                reach(checked);
                for (int i = 0; i < 4 && !control.isChecked(); i++) {
                    page.keyboard().press("ArrowDown");
                }
            } else {
                reach(control);
                page.keyboard().press("Enter");
            }
        }

        @Override
        public void type(Locator field, String text) {
            reach(field);
            page.keyboard().press("Control+A");
            page.keyboard().type(text);
        }

        @Override
        public void choose(Locator dropdown, String option) {
            reach(dropdown);
            page.keyboard().type(option);
        }
    }

    private record MouseWithoutScripts(Hands mouse) implements Hands {
        @Override
        public void press(Locator control) {
            mouse.press(control);
        }

        @Override
        public void type(Locator field, String text) {
            mouse.type(field, text);
        }

        @Override
        public void choose(Locator dropdown, String option) {
            mouse.choose(dropdown, option);
        }

        @Override
        public void look(Page page) {
            page.navigate(page.url().replaceFirst("/tokens$", ""));
        }
    }

    @Test
    void aRunExecutesOnAnAgentThatWasSetUpByThePages(Shared shared, Sandbox sandbox) {
        Terraform.required();
        try (Chromium chromium = Chromium.required()) {
            walk(shared, sandbox, chromium.window(), new Mouse());
        }
    }

    @Test
    void theSameGoesWithoutJavaScript(Shared shared, Sandbox sandbox) {
        Terraform.required();
        try (Chromium chromium = Chromium.required()) {
            Page page = chromium.window(options -> options.setJavaScriptEnabled(false));
            walk(shared, sandbox, page, new MouseWithoutScripts(new Mouse()));
        }
    }

    @Test
    void theSameGoesByTheKeyboardAlone(Shared shared, Sandbox sandbox) {
        Terraform.required();
        try (Chromium chromium = Chromium.required()) {
            Page page = chromium.window();
            walk(shared, sandbox, page, new Keyboard(page));
        }
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator menu(Page page, String name) {
        return inNavigation(page, "Organization", name);
    }

    private static Locator tab(Page page, String name) {
        return inNavigation(page, "Workspace", name);
    }

    private static Locator inNavigation(Page page, String navigation, String name) {
        return page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName(navigation))
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(name));
    }

    private static Locator summary(Page page, String text) {
        return page.locator("summary", new Page.LocatorOptions().setHasText(text));
    }

    private static LocatorAssertions.ContainsTextOptions patiently() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(Eventually.PATIENCE.toMillis());
    }

    private void walk(Shared shared, Sandbox sandbox, Page page, Hands hands) {
        Given given = shared.given();
        Organization organization = given.organization();
        Workspace workspace = given.workspace(organization);
        String pool = Given.name("pool");

        page.navigate(shared.server().resolve("/app/" + organization.name()).toString());
        hands.type(page.getByLabel("API token"), shared.server().token());
        hands.press(button(page, "Log in with token"));

        hands.press(menu(page, "Agent pools"));
        hands.press(summary(page, "New agent pool"));
        hands.type(page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)), pool);
        hands.press(button(page, "Create agent pool"));
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(pool)))
                .isVisible();

        hands.press(page.getByLabel("Grant access to specific workspaces"));
        hands.choose(page.getByLabel("Grant to workspace"), workspace.name());
        hands.press(button(page, "Save changes"));
        assertThat(page.locator(".flash")).containsText("Changes were saved.");
        Locator granted = page.locator(".chosen li", new Page.LocatorOptions().setHasText(workspace.name()));
        assertThat(granted).containsText("granted");
        String poolUrl = page.url();

        hands.press(menu(page, "Workspaces"));
        hands.press(link(page, workspace.name()));
        hands.press(tab(page, "Settings"));
        hands.press(page.getByLabel("Agent", new Page.GetByLabelOptions().setExact(true)));
        hands.choose(page.getByLabel("Agent pool", new Page.GetByLabelOptions().setExact(true)), pool + " (0 agents)");
        hands.press(button(page, "Save changes"));
        assertThat(page.locator(".flash")).containsText("Changes were saved.");

        hands.press(menu(page, "Agent pools"));
        hands.press(link(page, pool));
        assertThat(granted).containsText("granted");
        assertThat(granted).containsText("assigned");

        hands.press(summary(page, "New token"));
        hands.type(page.getByLabel("Description"), "of the walkthrough");
        hands.press(button(page, "Create token"));
        String command = page.getByLabel("Start an agent with it").inputValue();
        assertThat(command, matchesPattern(COMMAND));
        assertThat(page.locator("#waiting")).containsText("Waiting for the agent");

        Matcher parts = COMMAND.matcher(command);
        parts.matches();
        sandbox.agent(shared.server(), parts.group(1), "--name", "walker");
        hands.look(page);
        if (page.locator("#waiting").count() > 0) {
            assertThat(page.locator("#waiting")).containsText("Connected", patiently());
        }
        assertThat(page.locator("#agents")).containsText("walker", patiently());
        assertThat(page.locator("#agents")).containsText("Idle", patiently());

        String run = given.run(workspace, Map.of("auto-apply", true), ONE);
        given.await(run, "applied");
        page.navigate(shared.server()
                .resolve("/app/" + organization.name() + "/workspaces/" + workspace.name() + "/runs/" + run)
                .toString());
        assertThat(page.locator("#run")).containsText("Applied");
        assertThat(page.locator("#run")).containsText("on agent walker");

        page.navigate(poolUrl);
        assertThat(page.locator("main")).not().containsText(parts.group(1));
    }
}
