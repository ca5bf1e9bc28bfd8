package io.otfd.evaluator;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.otfd.policy.Enforcement;
import io.otfd.policyevaluation.Assignment;
import io.otfd.policyevaluation.PolicyOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How answers of the program are read, given by a script in its place. */
class OpaTest {

    @TempDir
    Path directory;

    private Program program(String script) throws IOException {
        Path file = Files.writeString(directory.resolve("opa"), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return Program.find(file.toString()).orElseThrow();
    }

    /** What the program's answer to one question means. */
    private PolicyOutcome outcome(String answer) throws IOException, InterruptedException {
        Opa opa = new Opa(program("[ \"$1\" = eval ] || exit 0\ncat >/dev/null\n" + answer));
        Assignment.Rule rule = new Assignment.Rule(
                "rule", Optional.of("why"), "data.rule", Enforcement.MANDATORY, Optional.of("package rule"));
        Assignment.Result result = opa.evaluate(
                Files.createTempDirectory(directory, "work"),
                0,
                new Assignment.Set("set", Optional.empty(), false, List.of(rule)),
                out -> out.write('x'),
                () -> true);
        return result.outcomes().getFirst();
    }

    private static String value(String json) {
        return "echo '{\"result\":[{\"expressions\":[{\"value\":" + json + "}]}]}'";
    }

    @Test
    void anEmptyArrayAlonePasses() throws Exception {
        assertThat(outcome(value("[]")).status(), is(PolicyOutcome.Status.PASSED));
        assertThat(outcome(value("[]")).description(), is("why"));
        PolicyOutcome failed = outcome(value("[\"no\",{\"a\":1}]"));
        assertThat(failed.status(), is(PolicyOutcome.Status.FAILED));
        assertThat(failed.messages(), is(List.of("no", "{\"a\":1}")));
    }

    @Test
    void anythingElseIsNotKnown() throws Exception {
        for (String answer : List.of(
                value("true"),
                value("{}"),
                value("null"),
                "echo '{}'",
                "echo '{\"result\":[]}'",
                "echo '{\"errors\":[{\"message\":\"wrong\"}]}'; exit 2",
                value("[]") + "; exit 1",
                "echo not JSON",
                "exit 3",
                "kill -9 $$",
                "head -c 3000000 /dev/zero")) {
            assertThat(answer, outcome(answer).status(), is(PolicyOutcome.Status.ERRORED));
        }
        assertThat(outcome("echo broken >&2; exit 2").description(), containsString("broken"));
    }

    @Test
    void itGetsNoEnvironmentAndNoMoreTimeThanItMay() throws Exception {
        Program.Answer environment = program("env").run(directory, Duration.ofSeconds(10), out -> {});
        assertThat(environment.output().contains("PATH=" + System.getenv("PATH")), is(false));
        assertThat(environment.output(), containsString("HOME=" + directory));

        Program.Answer slow = program("exec sleep 60").run(directory, Duration.ofMillis(200), out -> {});
        assertThat(slow.status(), is(Program.Answer.KILLED));
    }

    @Test
    void whatCannotBeReadForItEndsIt() throws Exception {
        Program.Answer cut = program("cat; exec sleep 60").run(directory, Duration.ofSeconds(30), out -> {
            throw new IOException("the plan is not as it was written");
        });

        assertThat(cut.isGood(), is(false));
    }

    @Test
    void queriesMayLeaveOutWhereTheyBegin() {
        assertThat(Opa.query("terraform.main"), is("data.terraform.main"));
        assertThat(Opa.query(" data.terraform.main "), is("data.terraform.main"));
        assertThat(Opa.query("data.terraform[\"main\"]"), is("data.terraform[\"main\"]"));
        assertThat(Opa.query("input.plan"), is("input.plan"));
    }
}
