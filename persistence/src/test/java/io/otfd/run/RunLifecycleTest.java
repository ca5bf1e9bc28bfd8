package io.otfd.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import io.otfd.Golden;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RunLifecycleTest {

    @Test
    void transitionsAreTheOnesWeMean() throws IOException {
        String table = RunLifecycle.table().stream()
                .map(row -> String.format(
                        "%-27s %-16s %-27s plan %-11s apply %s%n",
                        row.from(), row.event(), row.to(), row.plan(), row.apply()))
                .collect(Collectors.joining());

        Golden.check("run-transitions.txt", table);
    }

    @Test
    void nothingHappensToARunThatIsOver() {
        List<RunLifecycle.Transition> leaving = RunLifecycle.table().stream()
                .filter(row -> row.from().isFinal())
                .toList();

        assertThat(leaving, is(empty()));
    }

    @Test
    void oneEventLeadsToOneStatus() {
        long pairs = RunLifecycle.table().stream()
                .map(row -> row.from() + " " + row.event())
                .distinct()
                .count();

        assertThat(RunLifecycle.table(), hasSize((int) pairs));
    }

    @Test
    void whatIsNotFinalCanEnd() {
        List<RunStatus> stuck = Arrays.stream(RunStatus.values())
                .filter(status -> !status.isFinal())
                .filter(status -> RunLifecycle.table().stream().noneMatch(row -> row.from() == status))
                .toList();

        assertThat(stuck, is(empty()));
    }

    @Test
    void phasesAreOverWhenTheRunIs() {
        List<RunLifecycle.Transition> open = RunLifecycle.table().stream()
                .filter(row -> row.to().isFinal())
                .filter(row -> !row.plan().isFinal() || !row.apply().isFinal())
                .toList();

        assertThat(open, is(empty()));
    }
}
