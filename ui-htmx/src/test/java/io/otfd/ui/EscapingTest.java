package io.otfd.ui;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.otfd.ui.Badge.Tone;
import io.otfd.ui.agentpool.AgentPoolListPage;
import io.otfd.ui.agentpool.AgentPoolPage;
import io.otfd.ui.agentpool.AgentTable;
import io.otfd.ui.agentpool.AgentsPage;
import io.otfd.ui.log.LogText;
import io.otfd.ui.login.LoginPage;
import io.otfd.ui.login.TokensPage;
import io.otfd.ui.organization.OrganizationListPage;
import io.otfd.ui.run.RunAction;
import io.otfd.ui.run.RunListPage;
import io.otfd.ui.run.RunPage;
import io.otfd.ui.run.RunRow;
import io.otfd.ui.run.RunSummary;
import io.otfd.ui.workspace.WorkspaceListPage;
import io.otfd.ui.workspace.WorkspacePage;
import io.otfd.ui.workspace.WorkspaceSettingsPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

    /** A model for each template that a handler renders, every text of it hostile. */
    private static Map<String, Object> models(String evil) {
        List<Frame.Item> items = List.of(new Frame.Item(evil, Links.workspaces(evil), true));
        Frame frame = new Frame(
                evil,
                List.of(new Crumb(evil, Links.workspaces(evil))),
                Optional.of(new Frame.Visitor(evil, evil)),
                true,
                Optional.of(evil),
                items,
                items);
        Badge badge = new Badge(evil, Tone.BAD);
        Moment moment = new Moment(evil, evil);
        Paging paging = Paging.of(
                new io.otfd.Page<>(List.of(), new io.otfd.Page.Request(2, 1), 3),
                Links.workspaces(evil),
                Map.of("search", evil));
        List<Fact> facts = List.of(new Fact(evil, evil));
        List<RunRow> runs =
                List.of(new RunRow(evil, Links.run(evil, evil, evil), evil, badge, evil, Optional.of(evil), moment));
        RunSummary summary = new RunSummary(
                badge,
                Optional.of(evil),
                List.of(new RunSummary.Part(evil, badge, Optional.of(evil), Optional.of(evil))),
                List.of(new RunSummary.Step(evil, moment, true)),
                List.of(RunAction.values()),
                Links.run(evil, evil, evil),
                evil);
        RunPage.Panel panel = new RunPage.Panel(
                "plan", evil, new LogText("<span>made by us</span>"), true, Links.run(evil, evil, evil), true);
        Optional<WorkspaceListPage.Current> current =
                Optional.of(new WorkspaceListPage.Current(Links.run(evil, evil, evil), badge));
        Map<String, Object> models = new HashMap<>(agentPools(evil, frame, badge, moment, paging, facts));
        models.putAll(Map.of(
                "error", new ErrorPage(frame, 404, evil, false),
                "login/login", new LoginPage(frame, evil, Optional.of(evil)),
                "login/tokens", new TokensPage(frame, evil),
                "organization/list",
                        new OrganizationListPage(
                                frame,
                                evil,
                                List.of(new OrganizationListPage.Row(evil, Links.workspaces(evil), evil, moment)),
                                paging,
                                evil),
                "workspace/list",
                        new WorkspaceListPage(
                                frame,
                                evil,
                                evil,
                                List.of(new WorkspaceListPage.Row(
                                        evil,
                                        Links.workspace(evil, evil),
                                        evil,
                                        current,
                                        1,
                                        Optional.of(evil),
                                        moment)),
                                paging,
                                evil),
                "workspace/show",
                        new WorkspacePage(
                                frame,
                                evil,
                                evil,
                                evil,
                                Optional.of(evil),
                                Optional.of(evil),
                                facts,
                                runs,
                                Links.runs(evil, evil),
                                evil),
                "run/list", new RunListPage(frame, runs, paging),
                "run/show",
                        new RunPage(
                                frame,
                                evil + "\n" + evil,
                                facts,
                                summary,
                                panel,
                                panel,
                                Optional.of(evil),
                                Optional.of(Links.run(evil, evil, evil) + "/live")),
                "run/summary", summary));
        models.put("confirm", ConfirmPage.of(frame, Links.workspaces(evil), evil, Links.workspaces(evil), evil));
        models.put(
                "workspace/settings",
                new WorkspaceSettingsPage(
                        frame,
                        Links.workspaceSettings(evil, evil),
                        filled(evil, "name", "description", "agent-pool-id"),
                        evil,
                        evil,
                        List.of(new WorkspaceSettingsPage.Pool(evil, evil)),
                        Optional.of(Links.agentPools(evil))));
        return models;
    }

    /** A form that was refused with this text in each of the fields. */
    private static Filled filled(String evil, String... fields) {
        return new Filled(
                new Form(Arrays.stream(fields).collect(Collectors.toMap(field -> field, field -> List.of(evil)))),
                Optional.of(evil),
                Optional.of(fields[0]));
    }

    private static Map<String, Object> agentPools(
            String evil, Frame frame, Badge badge, Moment moment, Paging paging, List<Fact> facts) {
        String url = Links.agentPool(evil, evil);
        AgentTable agents = new AgentTable(
                List.of(new AgentTable.Row(
                        evil,
                        evil,
                        evil,
                        url,
                        badge,
                        evil,
                        evil,
                        moment,
                        List.of(
                                new AgentTable.Work(evil, Optional.of(Links.run(evil, evil, evil))),
                                new AgentTable.Work(evil, Optional.empty())),
                        Optional.of(url))),
                true,
                2);
        AgentPoolPage.Waiting waiting = new AgentPoolPage.Waiting(Optional.of(evil));
        AgentPoolPage.Picker picker = new AgentPoolPage.Picker(
                evil,
                evil,
                evil,
                evil,
                true,
                List.of(new AgentPoolPage.Chosen(evil, evil, Optional.of(url), List.of(badge))),
                List.of(new AgentPoolPage.Option(evil, evil)),
                true);
        return Map.of(
                "agentpool/list",
                new AgentPoolListPage(
                        frame,
                        Links.agentPools(evil),
                        evil,
                        List.of(
                                new AgentPoolListPage.Row(evil, Optional.of(url), badge, 1, 1, moment),
                                new AgentPoolListPage.Row(evil, Optional.empty(), badge, 1, 1, moment)),
                        paging,
                        Optional.of(filled(evil, "name"))),
                "agentpool/show",
                new AgentPoolPage(
                        frame,
                        url,
                        evil,
                        evil,
                        facts,
                        agents,
                        url + "/live",
                        Optional.of(new AgentPoolPage.FreshToken(evil, evil, waiting)),
                        List.of(new AgentPoolPage.TokenRow(evil, evil, moment, Optional.of(moment), url)),
                        filled(evil, "description"),
                        filled(evil, "name"),
                        evil,
                        List.of(picker),
                        List.of(new AgentPoolPage.Use(evil, Optional.of(url), List.of(badge))),
                        1,
                        Optional.of(evil)),
                "agentpool/all",
                new AgentsPage(frame, agents, paging, url, url),
                "agentpool/agents",
                agents,
                "agentpool/waiting",
                waiting);
    }

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
        models(evil).forEach((template, model) -> {
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
        Frame frame = new Frame(evil, List.of(), Optional.empty(), Optional.empty());
        String html = templates.text("error", new ErrorPage(frame, 409, evil, true));

        assertThat(Jsoup.parse(html).select("script, img"), is(empty()));
        assertThat(html, not(containsString("<html")));
    }

    @Test
    void everyTemplateIsTried() throws IOException {
        Set<String> tried = new TreeSet<>(models("x").keySet());
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
