package io.otfd.workspace;

import io.otfd.project.AutoDestroyDuration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a workspace's resources are to be destroyed.
 *
 * @param at at a time; may lie in the past
 * @param activityDuration after so much time without activity, as written
 * @param inherits takes the project's duration; never together with a value of its own
 */
public record AutoDestroy(Optional<Instant> at, Optional<String> activityDuration, boolean inherits) {

    public static final AutoDestroy INHERITED = new AutoDestroy(Optional.empty(), Optional.empty(), true);

    public AutoDestroy {
        AutoDestroyDuration.check(activityDuration);
    }

    /**
     * After a request: a value of its own ends inheritance, and nulling the last one resumes it, unless the request says
     * otherwise.
     *
     * @param wanted {@code inherits-project-auto-destroy} where it is mentioned; true drops what was there before
     */
    public AutoDestroy with(Optional<Instant> newAt, Optional<String> newDuration, Optional<Boolean> wanted) {
        boolean said = !newAt.equals(at) || !newDuration.equals(activityDuration);
        boolean owns = newAt.isPresent() || newDuration.isPresent();
        if (wanted.orElse(false) && !(said && owns)) {
            return INHERITED;
        }
        boolean resumes = said || inherits;
        return new AutoDestroy(newAt, newDuration, !owns && wanted.orElse(resumes));
    }
}
