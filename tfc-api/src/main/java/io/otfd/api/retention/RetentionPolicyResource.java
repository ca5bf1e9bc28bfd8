package io.otfd.api.retention;

import io.otfd.api.Resource;
import io.otfd.retention.RetentionPolicy;
import java.util.Optional;

/** The two documents of data retention policies (enterprise/api-docs/data-retention-policies); the type says which it is. */
public final class RetentionPolicyResource {

    static final String DELETE_OLDER = "data-retention-policy-delete-olders";
    static final String DONT_DELETE = "data-retention-policy-dont-deletes";

    private RetentionPolicyResource() {}

    static Resource of(RetentionPolicy policy) {
        Resource resource = new Resource(type(policy), policy.id().value());
        policy.deleteOlderThanDays().ifPresent(days -> resource.attribute("delete-older-than-n-days", days));
        return resource;
    }

    /** Null when none is set: clients take any other form for a policy. */
    public static Resource relate(Resource resource, Optional<RetentionPolicy> policy) {
        return resource.toOne(
                "data-retention-policy",
                policy.map(RetentionPolicyResource::type).orElse(DELETE_OLDER),
                policy.map(RetentionPolicy::id));
    }

    private static String type(RetentionPolicy policy) {
        return policy.deleteOlderThanDays().isPresent() ? DELETE_OLDER : DONT_DELETE;
    }
}
