package io.otfd.conformance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Variables, runs that are confirmed, discarded, tried again and canceled, and the way back to an older state, by the pages. */
@ExtendWith(OtfdExtension.class)
class RunPagesTest {

    private static final String GREETING = """
            variable "greeting" {
              type    = string
              default = "nothing"
            }

            resource "terraform_data" "greeting" {
              input = var.greeting
            }

            output "greeting" {
              value = terraform_data.greeting.output
            }
            """;

    @Test
    void byTheMouse(Shared shared) {
        Terraform.required();
        try (Chromium chromium = Chromium.required()) {
            walk(shared, chromium.window(), new Hands.Mouse());
        }
    }

    @Test
    void byTheKeyboardAlone(Shared shared) {
        Terraform.required();
        try (Chromium chromium = Chromium.required()) {
            Page page = chromium.window();
            walk(shared, page, new Hands.Keyboard(page));
        }
    }

    @Test
    void withoutJavaScript(Shared shared) {
        Terraform.required();
        try (Chromium chromium = Chromium.required()) {
            Page page = chromium.window(options -> options.setJavaScriptEnabled(false));
            walk(shared, page, new Hands.MouseWithoutScripts(new Hands.Mouse()));
        }
    }

    @Test
    void aLineOfALogHasAnAddress(Shared shared) {
        Terraform.required();
        Given given = shared.given();
        Organization organization = given.organization();
        Workspace workspace = given.workspace(organization);
        String run = given.run(workspace, Map.of("plan-only", true), GREETING);
        given.await(run, "planned_and_finished");
        try (Chromium chromium = Chromium.required()) {
            Page page = chromium.window();
            Controls.login(
                    page,
                    shared.server(),
                    "/app/" + organization.name() + "/workspaces/" + workspace.name() + "/runs/" + run);

            page.locator("#plan-log > [id]").last().click();
            assertThat(page).hasURL(Pattern.compile("#plan-[0-9]+$"));
            String address = page.url();
            page.navigate("about:blank");
            page.navigate(address);
            assertThat(page.locator("#plan-log > :target")).isVisible();
        }
    }

    @Test
    void whereTheStreamDoesNotComeThroughThePageAsksAgain(Shared shared) {
        Terraform.required();
        Given given = shared.given();
        Organization organization = given.organization();
        Workspace workspace = given.workspace(organization);
        String run = given.run(workspace, Map.of(), GREETING);
        given.await(run, "planned");
        try (Chromium chromium = Chromium.required()) {
            Page page = chromium.window();
            page.route(Pattern.compile("/live\\?"), Route::abort);
            Controls.login(
                    page,
                    shared.server(),
                    "/app/" + organization.name() + "/workspaces/" + workspace.name() + "/runs/" + run);
            status(page, "Planned");
            assertThat(page.locator("#live")).containsText("every few seconds", patiently());

            given.api().request().body("{}").post("/runs/{id}/actions/apply", run);

            status(page, "Applied");
            assertThat(page.locator("#apply-log")).containsText("Apply complete", patiently());
        }
    }

    private static LocatorAssertions.ContainsTextOptions patiently() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(Eventually.PATIENCE.toMillis());
    }

    private static void walk(Shared shared, Page page, Hands hands) {
        Given given = shared.given();
        Organization organization = given.organization();
        Workspace workspace = given.workspace(organization);
        String place = "/app/" + organization.name() + "/workspaces/" + workspace.name();
        given.await(given.run(workspace, Map.of("auto-apply", true), GREETING), "applied");

        page.navigate(shared.server().resolve(place).toString());
        Controls.login(page, hands, shared.server());

        hands.press(Controls.tab(page, "Variables"));
        hands.press(Controls.summary(page, "Add variable"));
        hands.type(page.getByLabel("Key", exactly()), "greeting");
        hands.type(page.getByLabel("Value", exactly()), "hello");
        hands.press(Controls.button(page, "Add variable"));
        assertThat(page.locator(".flash")).containsText("Variable greeting was added.");

        String run = open(page, shared, place, given.run(workspace, Map.of("message", "Say hello"), GREETING));
        status(page, "Planned");
        assertThat(page.locator("#changes")).containsText("1 to update", patiently());
        String waiting = given.run(workspace, Map.of("message", "Too many"), GREETING);

        open(page, shared, place, waiting);
        status(page, "Pending");
        hands.press(Controls.button(page, "Cancel"));
        status(page, "Canceled");

        open(page, shared, place, run);
        hands.press(Controls.button(page, "Discard"));
        status(page, "Discarded");
        hands.press(Controls.button(page, "Retry"));
        page.waitForURL(url -> url.contains("/runs/run-") && !url.contains(run));
        status(page, "Planned");
        hands.press(Controls.button(page, "Confirm and apply"));
        status(page, "Applied");
        hands.type(page.getByLabel("Comment", exactly()), "Well said");
        hands.press(Controls.button(page, "Add comment"));
        assertThat(page.locator("#comments")).containsText("Well said");

        hands.press(Controls.tab(page, "Overview"));
        hands.press(Controls.tab(page, "States"));
        hands.press(page.locator("tbody th a").last());
        hands.press(Controls.link(page, "Roll back to this state"));
        hands.press(Controls.button(page, "Roll back"));
        assertThat(page.locator(".flash")).containsText("is the current one.");
        assertThat(page.locator("main")).containsText("nothing");
    }

    private static Page.GetByLabelOptions exactly() {
        return new Page.GetByLabelOptions().setExact(true);
    }

    /** @return the run */
    private static String open(Page page, Shared shared, String place, String run) {
        page.navigate(shared.server().resolve(place + "/runs/" + run).toString());
        return run;
    }

    private static void status(Page page, String words) {
        assertThat(page.locator("#run .status .badge")).containsText(words, patiently());
    }
}
