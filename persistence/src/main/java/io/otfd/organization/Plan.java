package io.otfd.organization;

import java.time.Instant;
import java.util.Optional;

/** What a site admin has given an organization, and until when. It goes on after that: the date is shown, not enforced. */
public record Plan(FeatureSet featureSet, Optional<Instant> expiresAt) {

    public static final Plan COMPLETE = new Plan(FeatureSet.COMPLETE, Optional.empty());

    public boolean isTrial() {
        return featureSet == FeatureSet.TRIAL;
    }
}
