package io.otfd.api.policy;

import static io.otfd.api.Schema.NUMBER;
import static io.otfd.api.Schema.OBJECTS;
import static io.otfd.api.Schema.TEXT;
import static io.otfd.api.Schema.TIME;

import io.otfd.api.Patch;
import io.otfd.api.Resource;
import io.otfd.api.Schema;
import io.otfd.policy.Enforcement;
import io.otfd.policy.Policy;
import io.otfd.policy.PolicyKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The {@code policies} document (cloud-docs/api-docs/policies). */
public final class PolicyResource {

    public static final Schema SCHEMA = Schema.of("policies")
            .readOnly(TEXT, "name", "kind")
            .writeOnly(TEXT, "name", "kind")
            .writable(TEXT.orNull(), "description")
            .writable(TEXT, "query", "enforcement-level")
            .writable(OBJECTS, "enforce")
            .readOnly(NUMBER, "policy-set-count")
            .readOnly(TIME, "updated-at")
            .one("organization", "organizations")
            .many("policy-sets", "policy-sets")
            .sometimes("policy-sets")
            .writableRelationships("policy-sets");

    private PolicyResource() {}

    public static Resource of(Policy policy) {
        String self = "/api/v2/policies/" + policy.id().value();
        return new Resource(SCHEMA, policy.id().value())
                .attribute("name", policy.name())
                .attribute("description", policy.description())
                .attribute("kind", PolicyKind.OPA)
                .attribute("query", policy.query())
                .attribute("enforcement-level", policy.enforcement())
                .attribute("enforce", enforce(policy))
                .attribute("policy-set-count", policy.sets().size())
                .attribute("updated-at", policy.updatedAt())
                .toOne("organization", "organizations", policy.organizationName())
                .toMany("policy-sets", "policy-sets", policy.sets())
                .link("self", self)
                .link("upload", self + "/upload")
                .link("download", self + "/download");
    }

    /** Deprecated, and read by clients; without a source there is no path (observed: go-tfe's suite). */
    private static List<Map<String, Object>> enforce(Policy policy) {
        return policy.uploaded()
                ? List.of(Map.of("path", policy.name() + ".rego", "mode", policy.enforcement()))
                : List.of();
    }

    static Policy change(Policy before, Patch patch) {
        return before.with(
                patch.optionalText("description", before.description()),
                patch.text("query", before.query()),
                enforcement(patch).orElse(before.enforcement()));
    }

    /** By its name of today, or by the mode of the one element of {@code enforce}. */
    static Optional<Enforcement> enforcement(Patch patch) {
        return patch.optionalText("enforcement-level")
                .or(() -> patch.objects("enforce").stream().findFirst().map(element -> element.requiredText("mode")))
                .map(Enforcement::of);
    }
}
