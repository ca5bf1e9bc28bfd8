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

    @Test
    void aRunExecutesOnAnAgentThatWasSetUpByThePages(Shared shared, Sandbox sandbox) {
        Terraform.required();
        try (Chromium chromium = Chromium.required()) {
            walk(shared, sandbox, chromium.window(), new Hands.Mouse());
        }
    }

    @Test
    void theSameGoesWithoutJavaScript(Shared shared, Sandbox sandbox) {
        Terraform.required();
        try (Chromium chromium = Chromium.required()) {
            Page page = chromium.window(options -> options.setJavaScriptEnabled(false));
            walk(shared, sandbox, page, new Hands.MouseWithoutScripts(new Hands.Mouse()));
        }
    }

    @Test
    void theSameGoesByTheKeyboardAlone(Shared shared, Sandbox sandbox) {
        Terraform.required();
        try (Chromium chromium = Chromium.required()) {
            Page page = chromium.window();
            walk(shared, sandbox, page, new Hands.Keyboard(page));
        }
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
        Controls.login(page, hands, shared.server());

        hands.press(Controls.menu(page, "Agent pools"));
        hands.press(Controls.summary(page, "New agent pool"));
        hands.type(page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)), pool);
        hands.press(Controls.button(page, "Create agent pool"));
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(pool)))
                .isVisible();

        hands.press(page.getByLabel("Grant access to specific workspaces"));
        hands.choose(page.getByLabel("Grant to workspace"), workspace.name());
        hands.press(Controls.button(page, "Save changes"));
        assertThat(page.locator(".flash")).containsText("Changes were saved.");
        Locator granted = page.locator(".chosen li", new Page.LocatorOptions().setHasText(workspace.name()));
        assertThat(granted).containsText("granted");
        String poolUrl = page.url();

        hands.press(Controls.menu(page, "Workspaces"));
        hands.press(Controls.link(page, workspace.name()));
        hands.press(Controls.tab(page, "Settings"));
        hands.press(page.getByLabel("Agent", new Page.GetByLabelOptions().setExact(true)));
        hands.choose(page.getByLabel("Agent pool", new Page.GetByLabelOptions().setExact(true)), pool + " (0 agents)");
        hands.press(Controls.button(page, "Save changes"));
        assertThat(page.locator(".flash")).containsText("Changes were saved.");

        hands.press(Controls.menu(page, "Agent pools"));
        hands.press(Controls.link(page, pool));
        assertThat(granted).containsText("granted");
        assertThat(granted).containsText("assigned");

        hands.press(Controls.summary(page, "New token"));
        hands.type(page.getByLabel("Description"), "of the walkthrough");
        hands.press(Controls.button(page, "Create token"));
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
