package io.otfd.api.retention;

import static io.otfd.api.Schema.NUMBER;

import io.otfd.api.Resource;
import io.otfd.api.Schema;
import io.otfd.retention.RetentionPolicy;
import java.util.Optional;

/** The two documents of data retention policies (enterprise/api-docs/data-retention-policies); the type says which it is. */
public final class RetentionPolicyResource {

    static final String DELETE_OLDER = "data-retention-policy-delete-olders";
    static final String DONT_DELETE = "data-retention-policy-dont-deletes";

    public static final Schema OLDER = Schema.of(DELETE_OLDER).writable(NUMBER, "delete-older-than-n-days");

    public static final Schema NEVER = Schema.of(DONT_DELETE);

    /** Of the relationship to a policy. */
    public static final String[] TYPES = {DELETE_OLDER, DONT_DELETE};

    private RetentionPolicyResource() {}

    static Resource of(RetentionPolicy policy) {
        Resource resource = new Resource(
                policy.deleteOlderThanDays().isPresent() ? OLDER : NEVER,
                policy.id().value());
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
