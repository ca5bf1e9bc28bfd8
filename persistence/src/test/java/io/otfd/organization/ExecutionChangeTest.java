package io.otfd.organization;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.otfd.Ids.AgentPoolId;
import io.otfd.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Where runs execute, over all that a level can have and a request can say. */
class ExecutionChangeTest {

    private static final AgentPoolId POOL = new AgentPoolId("apool-1111111111111111");
    private static final AgentPoolId OTHER = new AgentPoolId("apool-2222222222222222");
    private static final String NEEDS_POOL = "must be specified when using 'agent' execution mode";
    private static final String TAKES_NO_POOL = "must not be specified unless using 'agent' execution mode";

    /**
     * Columns: own mode so far (or inherit), inherited mode, flag, mode, pool (null: mentioned as null); then the own
     * mode that follows (inherit, or a refusal).
     */
    @ParameterizedTest
    @CsvSource({
        // Nothing said: everything stays.
        "inherit, remote,     -, -,      -,     inherit",
        "inherit, agent:POOL, -, -,      -,     inherit",
        "local,   remote,     -, -,      -,     local",
        "agent:POOL, remote,  -, -,      -,     agent:POOL",
        // A mode is an own mode.
        "inherit, remote,     -, remote, -,     remote",
        "inherit, agent:POOL, -, local,  -,     local",
        "local,   remote,     -, agent,  POOL,  agent:POOL",
        "inherit, remote,     -, agent,  POOL,  agent:POOL",
        // Agent keeps the pool that it has, and needs one.
        "agent:POOL, remote,  -, agent,  -,     agent:POOL",
        "inherit, agent:POOL, -, agent,  -,     agent:POOL",
        "local,   agent:POOL, -, agent,  -,     needs pool",
        "agent:POOL, remote,  -, agent,  OTHER, agent:OTHER",
        "agent:POOL, remote,  -, agent,  null,  needs pool",
        // Leaving agent clears the pool.
        "agent:POOL, remote,  -, remote, -,     remote",
        "agent:POOL, remote,  -, local,  null,  local",
        "agent:POOL, remote,  -, remote, POOL,  takes no pool",
        "inherit, agent:POOL, -, local,  POOL,  takes no pool",
        // A pool alone goes with the mode that is in force.
        "agent:POOL, remote,  -, -,      OTHER, agent:OTHER",
        "inherit, agent:POOL, -, -,      OTHER, agent:OTHER",
        "inherit, remote,     -, -,      POOL,  takes no pool",
        "local,   agent:POOL, -, -,      POOL,  takes no pool",
        "agent:POOL, remote,  -, -,      null,  needs pool",
        "inherit, agent:POOL, -, -,      null,  inherit",
        "inherit, remote,     -, -,      null,  inherit",
        // False inherits, whatever else is said.
        "local,   remote,     false, -,      -,    inherit",
        "agent:POOL, remote,  false, -,      -,    inherit",
        "inherit, agent:POOL, false, remote, -,    inherit",
        "local,   agent:POOL, false, remote, null, inherit",
        "agent:POOL, remote,  false, agent,  POOL, inherit",
        // True takes over what is in force.
        "inherit, agent:POOL, true, -,       -,    agent:POOL",
        "inherit, remote,     true, -,       -,    remote",
        "local,   agent:POOL, true, -,       -,    local",
        "inherit, agent:POOL, true, local,   -,    local",
        "inherit, remote,     true, agent,   POOL, agent:POOL",
        "inherit, remote,     true, agent,   -,    needs pool",
    })
    void ownModeAfterAChange(String own, String inherited, String flag, String mode, String pool, String expected) {
        Optional<ExecutionMode> before = mode(own);
        ExecutionMode effective = before.orElse(mode(inherited).orElseThrow());
        ExecutionChange change = change(flag, mode, pool);

        switch (expected) {
            case "needs pool" -> assertRefused(NEEDS_POOL, () -> change.own(before, effective, false));
            case "takes no pool" -> assertRefused(TAKES_NO_POOL, () -> change.own(before, effective, false));
            default -> assertThat(change.own(before, effective, false), is(mode(expected)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "remote,     -,     -,      -,    inherit",
        "agent:POOL, -,     -,      -,    inherit",
        "remote,     false, -,      -,    inherit",
        "agent:POOL, false, remote, -,    inherit",
        "remote,     true,  -,      -,    must be specified",
        "agent:POOL, true,  local,  -,    local",
        "agent:POOL, -,     agent,  -,    must be specified when using 'agent' execution mode",
        "remote,     -,     agent,  POOL, agent:POOL",
        "agent:POOL, -,     -,      OTHER, agent:OTHER",
        "remote,     -,     -,      OTHER, must not be specified unless using 'agent' execution mode",
        "remote,     -,     remote, OTHER, must not be specified unless using 'agent' execution mode",
    })
    void ownModeOfANewOne(String inherited, String flag, String mode, String pool, String expected) {
        ExecutionMode effective = mode(inherited).orElseThrow();
        ExecutionChange change = change(flag, mode, pool);

        if (expected.startsWith("must")) {
            assertRefused(expected, () -> change.own(Optional.empty(), effective, true));
        } else {
            assertThat(change.own(Optional.empty(), effective, true), is(mode(expected)));
        }
    }

    @ParameterizedTest
    @EnumSource(ExecutionNames.class)
    void theTwoNamesOfTheFlagMustAgree(ExecutionNames names) {
        Optional<Boolean> yes = Optional.of(true);
        Optional<Boolean> no = Optional.of(false);

        assertRefused(
                "If agent-pool and execution-mode are both included in setting-overwrites, "
                        + "their values must be the same.",
                () -> new ExecutionChange(names, yes, no, Optional.empty(), Optional.empty(), false));
        // One name is enough, whichever it is.
        for (ExecutionChange change : List.of(
                new ExecutionChange(names, no, Optional.empty(), Optional.empty(), Optional.empty(), false),
                new ExecutionChange(names, Optional.empty(), no, Optional.empty(), Optional.empty(), false),
                new ExecutionChange(names, no, no, Optional.empty(), Optional.empty(), false))) {
            assertThat(change.own(mode("local"), ExecutionMode.REMOTE, false), is(Optional.empty()));
        }
    }

    @Test
    void unknownModeIsNamed() {
        Refusal.Invalid refusal = assertThrows(
                Refusal.Invalid.class,
                () -> change("-", "elsewhere", "-").own(Optional.empty(), ExecutionMode.REMOTE, false));

        assertThat(refusal.pointer(), is(Optional.of("/data/attributes/execution-mode")));
    }

    @Test
    void theNearestLevelWinsWithModeAndPool() {
        List<Optional<ExecutionMode>> lower =
                List.of(mode("inherit"), mode("remote"), mode("local"), mode("agent:POOL"), mode("agent:OTHER"));
        List<String> wrong = new ArrayList<>();
        for (Optional<ExecutionMode> workspace : lower) {
            for (Optional<ExecutionMode> project : lower) {
                for (Optional<ExecutionMode> organization : lower.subList(1, lower.size())) {
                    ExecutionMode expected = workspace.isPresent()
                            ? workspace.get()
                            : project.isPresent() ? project.get() : organization.orElseThrow();
                    ExecutionMode effective = ExecutionMode.effective(workspace, project, organization.orElseThrow());
                    if (!effective.equals(expected)) {
                        wrong.add(workspace + " " + project + " " + organization + " gives " + effective);
                    }
                }
            }
        }

        assertThat(wrong, is(List.of()));
    }

    private static void assertRefused(String complaint, Runnable action) {
        Refusal.Invalid refusal = assertThrows(Refusal.Invalid.class, action::run);
        assertThat(refusal.getMessage(), containsString(complaint));
    }

    private static ExecutionChange change(String flag, String mode, String pool) {
        Optional<Boolean> own = flag.equals("-") ? Optional.empty() : Optional.of(Boolean.valueOf(flag));
        boolean named = !pool.equals("-") && !pool.equals("null");
        return new ExecutionChange(
                ExecutionNames.WORKSPACE,
                own,
                own,
                mode.equals("-") ? Optional.empty() : Optional.of(mode),
                named ? Optional.of(pool(pool)) : Optional.empty(),
                pool.equals("null"));
    }

    private static Optional<ExecutionMode> mode(String text) {
        String[] parts = text.split(":");
        return text.equals("inherit")
                ? Optional.empty()
                : Optional.of(
                        ExecutionMode.of(parts[0], parts.length == 1 ? Optional.empty() : Optional.of(pool(parts[1]))));
    }

    private static AgentPoolId pool(String name) {
        return name.equals("POOL") ? POOL : OTHER;
    }
}
