package io.otfd.api.policyevaluation;

import static io.otfd.api.Schema.NUMBERS;
import static io.otfd.api.Schema.TEXT;
import static io.otfd.api.Schema.TIME;
import static io.otfd.api.Schema.TIMES;

import io.otfd.api.Resource;
import io.otfd.api.Schema;
import io.otfd.policy.PolicyKind;
import io.otfd.policyevaluation.PolicyEvaluation;
import io.otfd.policyevaluation.ResultCount;
import java.util.LinkedHashMap;
import java.util.Map;

/** The {@code policy-evaluations} document (cloud-docs/api-docs/policy-evaluations). */
public final class PolicyEvaluationResource {

    public static final Schema SCHEMA = Schema.of("policy-evaluations")
            .readOnly(TEXT, "status", "policy-kind", "policy-tool-version")
            .readOnly(NUMBERS, "result-count")
            .readOnly(TIMES, "status-timestamps")
            .readOnly(TIME, "created-at", "updated-at")
            .one("policy-attachable", "task-stages")
            .sometimes("policy-attachable")
            .link("policy-set-outcomes", "policy-set-outcomes");

    private PolicyEvaluationResource() {}

    public static Resource of(PolicyEvaluation evaluation) {
        String self = "/api/v2/policy-evaluations/" + evaluation.id().value();
        return new Resource(SCHEMA, evaluation.id().value())
                .attribute("status", evaluation.status())
                .attribute("policy-kind", PolicyKind.OPA)
                .attribute("policy-tool-version", evaluation.toolVersion())
                .attribute("result-count", count(evaluation.count()))
                .attribute("status-timestamps", evaluation.statusTimestamps())
                .attribute("created-at", evaluation.createdAt())
                .attribute("updated-at", evaluation.updatedAt())
                .toOne("policy-attachable", "task-stages", evaluation.stage().value())
                .related("policy-set-outcomes", self + "/policy-set-outcomes")
                .link("self", self);
    }

    static Map<String, Integer> count(ResultCount count) {
        Map<String, Integer> members = new LinkedHashMap<>();
        members.put("advisory-failed", count.advisoryFailed());
        members.put("errored", count.errored());
        members.put("mandatory-failed", count.mandatoryFailed());
        members.put("passed", count.passed());
        return members;
    }
}
