package io.otfd.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The machine's Chromium, driven by Playwright. Belongs to the thread that opened it. */
final class Chromium implements AutoCloseable {

    private static final int WIDTH = 1440;
    private static final int HEIGHT = 900;

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Path executable) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(List.of("--no-sandbox", "--disable-background-networking", "--disable-gpu")));
    }

    private static Optional<Path> executable() {
        return Programs.find("chromium");
    }

    /** Skips the running test where there is no chromium. */
    static Chromium required() {
        Optional<Path> found = executable();
        assumeTrue(found.isPresent(), "chromium is not on the PATH");
        return new Chromium(found.orElseThrow());
    }

    /** A window that trusts the server. */
    Page window() {
        return window(UnaryOperator.identity());
    }

    /** @param options such as a width, a colour scheme, or no JavaScript */
    Page window(UnaryOperator<Browser.NewContextOptions> options) {
        BrowserContext context = browser.newContext(options.apply(
                new Browser.NewContextOptions().setIgnoreHTTPSErrors(true).setViewportSize(WIDTH, HEIGHT)));
        context.setDefaultTimeout(Eventually.PATIENCE.toMillis());
        context.setDefaultNavigationTimeout(Eventually.PATIENCE.toMillis());
        return context.newPage();
    }

    @Override
    public void close() {
        playwright.close();
    }
}
