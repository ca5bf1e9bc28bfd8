package io.otfd.api.run;

import static io.otfd.api.Schema.FLAG;
import static io.otfd.api.Schema.NUMBER;
import static io.otfd.api.Schema.OBJECT;
import static io.otfd.api.Schema.TEXT;
import static io.otfd.api.Schema.TIMES;
import static io.otfd.api.Schema.WORDS;

import io.otfd.Ids.AgentId;
import io.otfd.Ids.AgentPoolId;
import io.otfd.api.Call;
import io.otfd.api.Resource;
import io.otfd.api.Schema;
import io.otfd.api.SignedUrls;
import io.otfd.api.SignedUrls.Use;
import io.otfd.run.Phase;
import io.otfd.run.Run;
import io.otfd.run.RunView;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The {@code plans} and {@code applies} documents (cloud-docs/api-docs/plans, applies). */
public final class PhaseResource {

    public static final Schema PLANS = common("plans")
            .readOnly(FLAG, "has-changes", "generated-configuration")
            .many("exports", "plan-exports")
            // Beside a run a plan is shown without them: they would cost a query each.
            .sometimes("exports");

    public static final Schema APPLIES = common("applies");

    /** A CLI may wait for days in front of a log. */
    private static final Duration LOG = Duration.ofDays(7);

    private static Schema common(String type) {
        return Schema.of(type)
                .readOnly(TEXT, "status", "log-read-url")
                .readOnly(TIMES, "status-timestamps")
                .readOnly(NUMBER, "resource-additions", "resource-changes", "resource-destructions", "resource-imports")
                .readOnly(OBJECT.orNull(), "execution-details")
                .readOnly(WORDS.orNull(), "otf-waiting");
    }

    private final SignedUrls urls;

    public PhaseResource(SignedUrls urls) {
        this.urls = urls;
    }

    public Resource of(Call call, RunView view, Phase.Kind kind) {
        Run run = view.run();
        Phase phase = run.phase(kind);
        String id = phase.id().value();
        Resource resource = new Resource(kind == Phase.Kind.PLAN ? PLANS : APPLIES, id)
                .attribute("status", phase.status())
                .attribute("status-timestamps", phase.statusTimestamps())
                // There from the start: the CLI refuses a phase without one.
                .attribute("log-read-url", urls.sign(call, Use.READ_LOG, id, LOG))
                .attribute("resource-additions", phase.resourceAdditions().orElse(0))
                .attribute("resource-changes", phase.resourceChanges().orElse(0))
                .attribute("resource-destructions", phase.resourceDestructions().orElse(0))
                .attribute("resource-imports", phase.resourceImports().orElse(0))
                .attribute("execution-details", executionDetails(run, phase))
                .attribute("otf-waiting", RunResource.waiting(view.waiting(kind)));
        return switch (kind) {
            case PLAN ->
                resource.attribute("has-changes", phase.hasChanges())
                        .attribute("generated-configuration", phase.generatedConfiguration())
                        .link("self", "/api/v2/plans/" + id)
                        .link("json-output", "/api/v2/plans/" + id + "/json-output")
                        .link("json-output-redacted", "/api/v2/plans/" + id + "/json-output-redacted");
            case APPLY -> resource.link("self", "/api/v2/applies/" + id);
        };
    }

    /** null before an agent has it. */
    private static Map<String, Object> executionDetails(Run run, Phase phase) {
        if (phase.agent().isEmpty()) {
            return null;
        }
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("mode", run.executionMode().wireName());
        Optional<AgentPoolId> pool = run.executionMode().agentPool();
        if (pool.isPresent()) {
            details.put("agent-id", phase.agent().map(AgentId::value));
            details.put("agent-name", phase.agentName());
            details.put("agent-pool-id", pool.map(AgentPoolId::value));
        }
        return details;
    }
}
