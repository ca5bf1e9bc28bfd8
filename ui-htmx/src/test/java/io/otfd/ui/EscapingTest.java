package io.otfd.ui;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile text in every value of every template stays text. */
class EscapingTest {

    private static final Path SOURCES = Path.of("src/main/jte");
    private static final Pattern INCLUDED = Pattern.compile("@template\\.([a-z.]+)\\(");

    private final Templates templates = new Templates();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "' onmouseover='alert(1)",
                "\" autofocus onfocus=\"alert(1)",
                "</title></style></textarea><svg onload=alert(1)>",
                "javascript:alert(1)"
            })
    void hostileTextStaysText(String evil) {
        HostileModels.of(evil).forEach((template, model) -> {
            Document document = Jsoup.parse(templates.text(template, model));

            assertThat(template, document.select("script:not([src^=/assets/])"), is(empty()));
            assertThat(template, document.select("img, svg, style"), is(empty()));
            assertThat(template, document.select("[^on], [src^=javascript], [href^=javascript], [style]"), is(empty()));
            assertThat(template, document.text(), containsString(evil));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>"})
    void errorsInsideAPageAreEscapedToo(String evil) {
        Frame frame = new Frame(evil, List.of(), Optional.empty(), Preferences.DEFAULT, Optional.empty());
        String html = templates.text("error", new ErrorPage(frame, 409, evil, true));

        assertThat(Jsoup.parse(html).select("script, img"), is(empty()));
        assertThat(html, not(containsString("<html")));
    }

    @Test
    void everyTemplateIsTried() throws IOException {
        Set<String> tried = new TreeSet<>(HostileModels.of("x").keySet());
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Matcher included = INCLUDED.matcher(Files.readString(file));
                while (included.find()) {
                    tried.add(included.group(1).replace('.', '/'));
                }
            }
        }

        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<String> missing = files.filter(Files::isRegularFile)
                    .map(file -> SOURCES.relativize(file).toString().replace(".jte", ""))
                    .filter(name -> !tried.contains(name))
                    .toList();
            assertThat(missing, is(empty()));
        }
    }

    @Test
    void noTemplateWritesUnescapedText() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(file.toString(), Files.readString(file), not(containsString("$unsafe")));
            }
        }
    }
}
