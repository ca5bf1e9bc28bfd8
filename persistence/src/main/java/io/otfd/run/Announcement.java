package io.otfd.run;

import io.otfd.notification.Triggers;
import java.util.Optional;

/**
 * What is told of a run that has entered a status. Nothing is told of speculative plans (cloud-docs/workspaces/settings/notifications).
 *
 * @param message for people
 */
record Announcement(String trigger, String message) {

    static Optional<Announcement> of(Run run) {
        if (run.options().planOnly()) {
            return Optional.empty();
        }
        return switch (run.status()) {
            case PENDING -> said(Triggers.CREATED, "Run Created");
            case PLANNING -> said(Triggers.PLANNING, "Run Planning");
            case PLANNED ->
                run.options().autoApply()
                        ? Optional.empty()
                        : said(Triggers.NEEDS_ATTENTION, "Run Planned, Needs Confirmation");
            case PLANNED_AND_SAVED -> said(Triggers.NEEDS_ATTENTION, "Run Planned and Saved");
            case APPLYING -> said(Triggers.APPLYING, "Run Applying");
            case PLANNED_AND_FINISHED -> said(Triggers.COMPLETED, "Run Planned and Finished");
            case APPLIED -> said(Triggers.COMPLETED, "Run Applied");
            case DISCARDED -> said(Triggers.COMPLETED, "Run Discarded");
            case ERRORED -> said(Triggers.ERRORED, "Run Errored");
            case CANCELED, FORCE_CANCELED -> said(Triggers.ERRORED, "Run Canceled");
            case PLAN_QUEUED, CONFIRMED, APPLY_QUEUED -> Optional.empty();
        };
    }

    private static Optional<Announcement> said(String trigger, String message) {
        return Optional.of(new Announcement(trigger, message));
    }
}
