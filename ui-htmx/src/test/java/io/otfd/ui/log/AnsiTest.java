package io.otfd.ui.log;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnsiTest {

    private static final String ESC = "\u001b";

    private static String html(String line) {
        StringBuilder html = new StringBuilder();
        Ansi.append(html, line.replace("^", ESC), AnsiStyle.PLAIN);
        return html.toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            plain                         | plain
            ^[31mred^[0m after            | <span class="ansi-red">red</span> after
            ^[1m^[32mbold green^[0m       | <span class="ansi-bold ansi-green">bold green</span>
            ^[1;92mboth^[m.               | <span class="ansi-bold ansi-green">both</span>.
            ^[1ma^[22mb                   | <span class="ansi-bold">a</span>b
            ^[33m^[39mnone                | none
            ^[90mgray                     | <span class="ansi-gray">gray</span>
            ^[4munder^[24m^[3mslanted     | <span class="ansi-underlined">under</span><span class="ansi-italic">slanted</span>
            ^[38;5;196mindexed            | indexed
            ^[38;2;1;31;1mtrue^[31mred    | true<span class="ansi-red">red</span>
            """)
    void coloursBecomeSpans(String line, String expected) {
        assertThat(html(line), is(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a^[2Jb",
                "a^[1;1Hb",
                "a^]0;title\u0007b",
                "a^]8;;javascript:alert(1)^\\b",
                "a^cb",
                "a\u0000\u0007\u0003b",
                "a\rb",
                "ab^[",
                "ab^",
                "ab^]never ended",
                "ab^[31"
            })
    void otherControlsGo(String line) {
        assertThat(html(line), is("ab"));
    }

    @Test
    void textIsEscapedInAndOutOfColours() {
        assertThat(
                html("<b>&\"'^[31m<script>^[0m"),
                is("&lt;b&gt;&amp;&quot;&#39;<span class=\"ansi-red\">&lt;script&gt;</span>"));
    }

    @Test
    void parametersNeverReachTheClass() {
        assertThat(html("^[31\"><script>mx"), is("cript&gt;mx"));
    }

    @Test
    void aStyleGoesOnInTheNextLine() {
        StringBuilder html = new StringBuilder();

        AnsiStyle first = Ansi.append(html, ESC + "[1;36mone", AnsiStyle.PLAIN);
        AnsiStyle second = Ansi.append(html, "two" + ESC + "[0m", AnsiStyle.ofToken(first.token()));

        assertThat(
                html.toString(),
                is("<span class=\"ansi-bold ansi-cyan\">one</span><span class=\"ansi-bold ansi-cyan\">two</span>"));
        assertThat(second, is(AnsiStyle.PLAIN));
    }
}
