package io.otfd.conformance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
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

            link(anns, "Users").click();
            anns.locator("summary").click();
            anns.getByLabel("E-mail address").fill("bob@example.com");
            button(anns, "Invite").click();
            String invitation = anns.getByLabel("Link", new Page.GetByLabelOptions().setExact(true))
                    .inputValue();

            Page bobs = chromium.window();
            bobs.navigate(invitation);
            assertThat(bobs.locator("main")).containsText("bob@example.com");
            welcome(bobs, "bob", "Set password");
            assertThat(bobs.locator(".visitor")).hasText("bob");
            assertThat(link(bobs, "Users")).hasCount(0);

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
