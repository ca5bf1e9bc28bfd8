package io.otfd.conformance;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** Parts of our pages, as those who use them call them. */
final class Controls {

    private Controls() {}

    static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    static Locator link(Page page, String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    static Locator menu(Page page, String name) {
        return inNavigation(page, "Organization", name);
    }

    static Locator tab(Page page, String name) {
        return inNavigation(page, "Workspace", name);
    }

    static Locator inNavigation(Page page, String navigation, String name) {
        return page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName(navigation))
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(name));
    }

    static Locator summary(Page page, String text) {
        return page.locator("summary", new Page.LocatorOptions().setHasText(text));
    }

    /** Leads to this page as the site admin. */
    static void login(Page page, Server server, String path) {
        page.navigate(server.resolve(path).toString());
        login(page, new Hands.Mouse(), server);
        page.waitForURL(url -> url.endsWith(path));
    }

    /** From the login page, as the site admin. */
    static void login(Page page, Hands hands, Server server) {
        Locator token = page.getByLabel("API token");
        // Unfolded already as long as nobody has a password.
        if (!token.isVisible()) {
            hands.press(summary(page, "Log in with a token"));
        }
        hands.type(token, server.token());
        hands.press(button(page, "Log in with token"));
    }
}
