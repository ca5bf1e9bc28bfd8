package io.otfd.dispatch;

import io.otfd.agentpool.RegisteredAgent;
import io.otfd.run.Phase;
import io.otfd.run.Run;
import io.otfd.variable.EngineVariables;
import io.otfd.workspace.Workspace;
import java.time.Duration;
import java.util.Optional;

/**
 * A job as it is given to an agent.
 *
 * @param agent to which it is given
 * @param lease fencing token
 * @param claim its number, from 1: what is written under another one is refused
 * @param token the run's, for its engine
 * @param sshKey private key for modules of the workspace
 * @param timeout how long the phase may take
 */
public record Offer(
        Run run,
        Phase.Kind kind,
        RegisteredAgent agent,
        Workspace workspace,
        String projectName,
        String lease,
        int claim,
        String token,
        EngineVariables variables,
        Optional<String> sshKey,
        Duration timeout) {}
