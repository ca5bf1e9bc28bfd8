package io.otfd.ui.markdown;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownTest {

    private static Document html(String markdown) {
        return Jsoup.parseBodyFragment(Markdown.render(markdown).html());
    }

    @Test
    void whatIsUsualInReadmesIsDrawn() {
        Document page = html("""
                # Network

                Makes *everything* with `terraform`.

                - one
                - two

                | Name | Default |
                |------|---------|
                | size | 3       |

                [the documents](https://example.com/docs)
                """);

        assertThat(page.select("h3").text(), is("Network"));
        assertThat(page.select("em").text(), is("everything"));
        assertThat(page.select("li").eachText(), is(List.of("one", "two")));
        assertThat(page.select("td").eachText(), is(List.of("size", "3")));
        assertThat(page.select("a").attr("href"), is("https://example.com/docs"));
        assertThat(page.select("a").attr("rel"), containsString("nofollow"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "a <img src=x onerror=alert(1)> b",
                "[x](javascript:alert(1))",
                "[x](JaVaScRiPt:alert(1))",
                "[x](data:text/html;base64,PHNjcmlwdD4=)",
                "![x](javascript:alert(1))",
                "[x]: javascript:alert(1)\n\n[x]",
                "<javascript:alert(1)>",
                "[x](https://e.com/\"onmouseover=\"alert(1))",
                "`<script>`\n\n    <script>alert(1)</script>\n\n```<script>\n<script>\n```"
            })
    void nothingOfItRuns(String markdown) {
        Document page = html(markdown);

        assertThat(page.select("script, img, style, iframe, [^on]"), is(empty()));
        assertThat(page.select("a:not([href^=https://])"), is(empty()));
    }

    @Test
    void imagesAreLinksAndPathsAreWords() {
        Document page =
                html("![a badge](https://example.com/b.svg) [inside](docs/a.md) ![](https://example.com/c.svg)");

        assertThat(page.select("img"), is(empty()));
        assertThat(page.select("a").eachText(), is(List.of("a badge", "image")));
        assertThat(page.text(), containsString("inside"));
    }
}
