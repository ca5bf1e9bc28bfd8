package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** The vendor's client passes its own tests against us, in both modes; the published table says so. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoTfeSuiteTest {

    private static final Path TABLE =
            Checkout.root().resolve("conformance-tests").resolve("GO-TFE.md");

    /**
     * Tests that disturb each other: the client's change the environment of their process while they run; those of team
     * members share an account's details, which the first one is still reading when the others believe that they are there.
     */
    private static final Set<String> ONE_BY_ONE = Set.of("client", "team members");

    /** These need runs to be executed. */
    private static final Set<String> EXECUTED = Set.of("plan exports", "plans and applies", "query runs");

    private final Sandbox sandbox = new Sandbox();
    private final Receiver receiver = new Receiver();
    private final Map<String, List<Listed>> families = new LinkedHashMap<>();
    private final Map<String, String> expectedFailures = new LinkedHashMap<>();
    private final Map<GoTfe.Mode, Map<String, GoTfe.Outcome>> outcomes = new EnumMap<>(GoTfe.Mode.class);

    /** @param reason why it is not run */
    private record Listed(String family, String name, Optional<String> reason) {}

    @BeforeAll
    void run() {
        GoTool.required();
        read("tests.txt")
                .map(line -> line.split("\t"))
                .forEach(columns -> families.computeIfAbsent(columns[0], family -> new ArrayList<>())
                        .add(new Listed(
                                columns[0],
                                columns[1],
                                columns.length > 2 ? Optional.of(columns[2]) : Optional.empty())));
        read("expected-failures.txt")
                .map(line -> line.split("\t"))
                .forEach(columns -> expectedFailures.put(columns[0], columns[1]));
        // Runs stay in the queue, where no test needs them executed: some want to see one there.
        GoTfe queueing = GoTfe.compile(
                sandbox,
                sandbox.otfd("--http", "--concurrency", "0", "--notification-allow-private")
                        .server(),
                receiver);
        GoTfe executing = families.keySet().stream().anyMatch(EXECUTED::contains) ? executing(queueing) : queueing;
        for (GoTfe.Mode mode : GoTfe.Mode.values()) {
            Map<String, GoTfe.Outcome> all = new LinkedHashMap<>();
            families.forEach((family, tests) -> {
                List<String> names = names(tests);
                if (!names.isEmpty()) {
                    GoTfe suite = EXECUTED.contains(family) ? executing : queueing;
                    all.putAll(suite.run(mode, names, ONE_BY_ONE.contains(family) ? 1 : 4));
                }
            });
            outcomes.put(mode, all);
        }
    }

    private GoTfe executing(GoTfe suite) {
        Terraform.required();
        Map<String, String> environment =
                Map.of("TF_CLI_CONFIG_FILE", GoTfe.engineConfiguration(sandbox).toString());
        return suite.against(sandbox.otfd(
                        environment, "--http", "--opa", Opa.compiled(sandbox).toString())
                .server());
    }

    @AfterAll
    void stop() {
        sandbox.close();
        receiver.close();
    }

    @TestFactory
    Stream<DynamicContainer> suite() {
        return families.entrySet().stream()
                .map(family -> DynamicContainer.dynamicContainer(
                        family.getKey(),
                        names(family.getValue()).stream()
                                .map(name -> DynamicTest.dynamicTest(name, () -> check(name)))));
    }

    private void check(String name) {
        if (expectedFailures.containsKey(name)) {
            assertThat(
                    name + " is listed as failing: take it off the list", verdict(name), equalTo(GoTfe.Verdict.FAIL));
        } else {
            assertThat(said(name), verdict(name) == GoTfe.Verdict.FAIL, equalTo(false));
        }
    }

    @Test
    void everyExpectedFailureIsOfATestThatIsRun() {
        List<String> run = families.values().stream()
                .flatMap(tests -> names(tests).stream())
                .toList();

        assertThat(
                expectedFailures.keySet().stream()
                        .filter(name -> !run.contains(name))
                        .toList(),
                equalTo(List.of()));
    }

    @Test
    void theTableSaysWhatPasses() throws IOException {
        String table = table();
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(TABLE, table);
        }

        assertThat(Files.readString(TABLE), equalTo(table));
    }

    private static List<String> names(List<Listed> tests) {
        return tests.stream()
                .filter(test -> test.reason().isEmpty())
                .map(Listed::name)
                .toList();
    }

    /** It failed when it failed in either mode; it passed when it passed in one, and was not meant for the other. */
    private GoTfe.Verdict verdict(String name) {
        List<GoTfe.Verdict> both =
                outcomes.values().stream().map(all -> all.get(name).verdict()).toList();
        if (both.contains(GoTfe.Verdict.FAIL)) {
            return GoTfe.Verdict.FAIL;
        }
        return both.contains(GoTfe.Verdict.PASS) ? GoTfe.Verdict.PASS : GoTfe.Verdict.SKIP;
    }

    private String said(String name) {
        return outcomes.entrySet().stream()
                .filter(mode -> mode.getValue().get(name).verdict() == GoTfe.Verdict.FAIL)
                .map(mode -> mode.getKey() + ": " + mode.getValue().get(name).text())
                .collect(Collectors.joining("\n"));
    }

    private String table() {
        StringBuilder text = new StringBuilder("""
                # go-tfe's own tests against otfd

                The tests come with the released Go module that `go/go.mod` names, and are compiled as they are. Each is run twice: as against
                HCP Terraform and as against Terraform Enterprise, with beta features. It passes when it passes in one mode and fails in none.
                Written by `./build verify -Dgolden=write`.

                | family | passed | failed | skipped | not run |
                |---|---|---|---|---|
                """);
        families.forEach((family, tests) -> text.append("| %s | %d | %d | %d | %d |%n"
                .formatted(
                        family,
                        count(tests, GoTfe.Verdict.PASS),
                        count(tests, GoTfe.Verdict.FAIL),
                        count(tests, GoTfe.Verdict.SKIP),
                        tests.size() - names(tests).size())));
        text.append("\nNot passed, and why:\n\n| test | | why |\n|---|---|---|\n");
        families.values().stream().flatMap(List::stream).forEach(test -> {
            String row = test.reason().map(reason -> "not run | " + reason).orElseGet(() -> switch (verdict(
                    test.name())) {
                case PASS -> "";
                case FAIL -> "failed | " + expectedFailures.getOrDefault(test.name(), "not expected");
                case SKIP ->
                    "skipped | " + outcomes.get(GoTfe.Mode.HCP).get(test.name()).reason();
            });
            if (!row.isEmpty()) {
                text.append("| `%s` | %s |%n".formatted(test.name(), row));
            }
        });
        return text.toString();
    }

    private long count(List<Listed> tests, GoTfe.Verdict wanted) {
        return names(tests).stream().filter(name -> verdict(name) == wanted).count();
    }

    private static Stream<String> read(String name) {
        try (var in = GoTfeSuiteTest.class.getResourceAsStream("/go-tfe/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines().filter(line -> !line.startsWith("#") && !line.isBlank()).toList().stream();
        } catch (IOException exception) {
            throw new java.io.UncheckedIOException(exception);
        }
    }
}
