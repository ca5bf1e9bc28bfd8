package io.otfd.runtrigger;

import io.otfd.Ids.RunTriggerId;
import io.otfd.Ids.WorkspaceId;
import java.time.Instant;

/** A workspace runs when another one, its source, has applied. */
public record RunTrigger(
        RunTriggerId id,
        WorkspaceId workspace,
        String workspaceName,
        WorkspaceId sourceable,
        String sourceableName,
        Instant createdAt) {}
