package io.otfd.ui;

import io.otfd.PostgresExtension;
import io.otfd.TestDatabase;
import java.net.http.HttpResponse;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pages on a real server and a real database, opened once a class; {@code browser} is logged in as the site admin. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SiteTest {

    /** What a name must not become: markup. */
    static final String EVIL = "<script>alert(1)</script>\"><img src=x onerror=alert(1)>";

    TestSite site;
    TestBrowser browser;

    @BeforeAll
    void start(TestDatabase database) {
        site = TestSite.start(database);
        browser = site.browser();
        browser.login(TestSite.TOKEN);
    }

    @AfterAll
    void stop() {
        site.close();
    }

    /** Why a form was not carried out. */
    static String alert(HttpResponse<String> response) {
        return Jsoup.parse(response.body()).select("[role=alert]").text();
    }
}
