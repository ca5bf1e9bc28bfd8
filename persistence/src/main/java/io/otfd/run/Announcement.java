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
            case POST_PLAN_COMPLETED ->
                run.options().autoApply() || run.planned() != RunEvent.PLAN_CHANGES
                        ? Optional.empty()
                        : said(Triggers.NEEDS_ATTENTION, "Run Planned, Needs Confirmation");
            case POST_PLAN_AWAITING_DECISION -> said(Triggers.NEEDS_ATTENTION, "Run Planned, Needs a Decision");
            case PLANNED_AND_SAVED -> said(Triggers.NEEDS_ATTENTION, "Run Planned and Saved");
            case APPLYING -> said(Triggers.APPLYING, "Run Applying");
            case PLANNED_AND_FINISHED -> said(Triggers.COMPLETED, "Run Planned and Finished");
            case APPLIED -> said(Triggers.COMPLETED, "Run Applied");
            case DISCARDED -> said(Triggers.COMPLETED, "Run Discarded");
            case ERRORED -> said(Triggers.ERRORED, "Run Errored");
            case CANCELED, FORCE_CANCELED -> said(Triggers.ERRORED, "Run Canceled");
            case PRE_PLAN_RUNNING,
                    PRE_PLAN_COMPLETED,
                    PLAN_QUEUED,
                    POST_PLAN_RUNNING,
                    CONFIRMED,
                    PRE_APPLY_RUNNING,
                    PRE_APPLY_COMPLETED,
                    APPLY_QUEUED,
                    POST_APPLY_RUNNING,
                    POST_APPLY_COMPLETED -> Optional.empty();
        };
    }

    private static Optional<Announcement> said(String trigger, String message) {
        return Optional.of(new Announcement(trigger, message));
    }
}
