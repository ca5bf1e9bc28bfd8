package io.otfd.ui;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPathTest {

    @ParameterizedTest
    @ValueSource(strings = {"/app", "/app/organizations", "/app/acme/workspaces?search=a%20b&page=2", "/app?x=[1]"})
    void pagesOfOursStay(String path) {
        assertThat(LocalPath.of(path), is(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "//evil.example/app",
                "/\\evil.example",
                "\\\\evil.example",
                "/app\\evil",
                "/application",
                "/app/\r\nSet-Cookie: a=b",
                "/app/\u00e4",
                "https://evil.example/app/",
                "javascript:alert(1)",
                "app/organizations",
                " /app/organizations",
                "/app/a b",
                "/api/v2/organizations"
            })
    void everythingElseLeadsToTheFirstPage(String path) {
        assertThat(LocalPath.of(path), is("/app/organizations"));
    }

    @ParameterizedTest
    @ValueSource(ints = {2001, 100_000})
    void endlessPathsAreRefused(int length) {
        assertThat(LocalPath.of("/app/" + "a".repeat(length - 5)), is("/app/organizations"));
    }
}
