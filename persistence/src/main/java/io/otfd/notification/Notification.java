package io.otfd.notification;

import io.otfd.Ids.NotificationConfigurationId;
import io.otfd.Ids.RunId;
import io.otfd.Ids.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One message to one destination.
 *
 * @param recipients of e-mail
 * @param message as in {@code Run Planning}
 * @param run empty for a verification
 */
public record Notification(
        NotificationConfigurationId configuration,
        String configurationName,
        Destination destination,
        Optional<String> url,
        Optional<String> token,
        List<String> recipients,
        String trigger,
        String message,
        Optional<Subject> run) {

    /**
     * The run, as it was when this happened.
     *
     * @param createdBy username
     * @param updatedBy username
     */
    public record Subject(
            RunId id,
            String message,
            Instant createdAt,
            Optional<String> createdBy,
            WorkspaceId workspace,
            String workspaceName,
            String organizationName,
            String status,
            Instant updatedAt,
            Optional<String> updatedBy) {}

    static Notification verification(NotificationConfiguration configuration, List<String> recipients) {
        return new Notification(
                configuration.id(),
                configuration.name(),
                configuration.destination(),
                configuration.url(),
                configuration.token(),
                recipients,
                Triggers.VERIFICATION,
                "Verification of " + configuration.name(),
                Optional.empty());
    }
}
