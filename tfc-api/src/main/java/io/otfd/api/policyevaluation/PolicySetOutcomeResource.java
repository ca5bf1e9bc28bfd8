package io.otfd.api.policyevaluation;

import static io.otfd.api.Schema.FLAG;
import static io.otfd.api.Schema.NUMBERS;
import static io.otfd.api.Schema.OBJECTS;
import static io.otfd.api.Schema.TEXT;

import io.otfd.api.Resource;
import io.otfd.api.Schema;
import io.otfd.policyevaluation.PolicyOutcome;
import io.otfd.policyevaluation.PolicySetOutcome;
import java.util.LinkedHashMap;
import java.util.Map;

/** The {@code policy-set-outcomes} document (cloud-docs/api-docs/policy-evaluations). */
final class PolicySetOutcomeResource {

    static final Schema SCHEMA = Schema.of("policy-set-outcomes")
            .readOnly(OBJECTS, "outcomes")
            .readOnly(TEXT, "error", "policy-set-name", "policy-tool-version")
            .readOnly(TEXT.orNull(), "policy-set-description")
            .readOnly(FLAG, "overridable")
            .readOnly(NUMBERS, "result-count", "result_count")
            .one("policy-evaluation", "policy-evaluations");

    private PolicySetOutcomeResource() {}

    static Resource of(PolicySetOutcome set) {
        Map<String, Integer> count = PolicyEvaluationResource.count(set.count());
        return new Resource(SCHEMA, set.id().value())
                .attribute(
                        "outcomes",
                        set.outcomes().stream()
                                .map(PolicySetOutcomeResource::outcome)
                                .toList())
                .attribute("error", set.error())
                .attribute("overridable", set.overridable())
                .attribute("policy-set-name", set.set())
                .attribute("policy-set-description", set.description())
                .attribute("result-count", count)
                // The name that go-tfe reads it by.
                .attribute("result_count", count)
                .attribute("policy-tool-version", set.toolVersion())
                .toOne(
                        "policy-evaluation",
                        "policy-evaluations",
                        set.evaluation().value());
    }

    /** What a policy says of what is wrong is where others have what it prints. */
    private static Map<String, Object> outcome(PolicyOutcome outcome) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("enforcement_level", outcome.enforcement());
        members.put("query", outcome.query());
        members.put("status", outcome.status());
        members.put("policy_name", outcome.policy());
        members.put("description", outcome.description());
        members.put(
                "output",
                outcome.messages().stream()
                        .map(message -> Map.of("print", message))
                        .toList());
        return members;
    }
}
