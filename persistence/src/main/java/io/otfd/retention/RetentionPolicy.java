package io.otfd.retention;

import io.otfd.Ids.RetentionPolicyId;
import io.otfd.Refusal;
import io.otfd.database.Row;
import java.util.Optional;

/**
 * How long configurations and states are kept.
 *
 * @param deleteOlderThanDays empty keeps everything
 */
public record RetentionPolicy(RetentionPolicyId id, Optional<Integer> deleteOlderThanDays) {

    public RetentionPolicy {
        if (deleteOlderThanDays.filter(days -> days < 1).isPresent()) {
            throw Refusal.Invalid.attribute("delete-older-than-n-days", "must be 1 or more");
        }
    }

    /** From the columns of an organization or a workspace. */
    public static Optional<RetentionPolicy> of(Row row) {
        return row.optionalText("retention_policy_id")
                .map(id -> new RetentionPolicy(
                        new RetentionPolicyId(id),
                        row.optionalNumber("retention_days").map(Math::toIntExact)));
    }
}
