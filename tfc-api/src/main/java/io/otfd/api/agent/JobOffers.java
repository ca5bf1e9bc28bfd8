package io.otfd.api.agent;

import io.otfd.Ids.PhaseId;
import io.otfd.agent.protocol.JobData;
import io.otfd.agent.protocol.JobOffer;
import io.otfd.agent.protocol.PlainOffer;
import io.otfd.agentpool.RegisteredAgent;
import io.otfd.api.Call;
import io.otfd.api.SignedUrls;
import io.otfd.api.SignedUrls.Use;
import io.otfd.api.engine.EngineEndpoints;
import io.otfd.api.engine.EngineMirror;
import io.otfd.api.engine.Release;
import io.otfd.dispatch.Offer;
import io.otfd.run.Phase;
import io.otfd.run.Run;
import io.otfd.run.RunOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** An offer in the form of the agent protocol, with URLs that are good for this phase only. */
public final class JobOffers {

    /** The engine may be stopped at the time-out; its log and state come after that. */
    private static final Duration SLACK = Duration.ofHours(1);

    private static final String PARALLELISM = "TFE_PARALLELISM";

    private final SignedUrls urls;
    private final EngineMirror mirror;

    public JobOffers(SignedUrls urls, EngineMirror mirror) {
        this.urls = urls;
        this.mirror = mirror;
    }

    /** For an agent that does not know our extensions. */
    PlainOffer plain(Call call, Offer offer) {
        Duration lifetime = offer.timeout().plus(SLACK);
        String plan = claimed(offer.run().plan().id(), offer);
        return PlainOffer.of(
                of(call, offer),
                urls.sign(call, Use.WRITE_REDACTED_PLAN, plan, lifetime),
                urls.sign(call, Use.WRITE_SANITIZED_PLAN, plan, lifetime));
    }

    JobOffer of(Call call, Offer offer) {
        Run run = offer.run();
        RunOptions options = run.options();
        boolean plan = offer.kind() == Phase.Kind.PLAN;
        Duration lifetime = offer.timeout().plus(SLACK);
        String planId = run.plan().id().value();
        String runId = run.id().value();
        PhaseId phase = run.phase(offer.kind()).id();
        Map<String, String> environment = new HashMap<>(offer.variables().environment());
        Optional<Release> engine = Release.of(run.engine(), run.terraformVersion(), platform(offer.agent()));
        // Our agents have engines of their own, and hear the checksum where they fetch one; others need both at once.
        Optional<String> checksum = engine.flatMap(offer.agent().extended() ? mirror::checksum : mirror::order);
        String parallelism = environment.remove(PARALLELISM);
        JobData data = new JobData(
                runId,
                offer.kind().toString(),
                offer.workspace().organizationName(),
                offer.workspace().name(),
                offer.workspace().id().value(),
                offer.projectName(),
                planId,
                run.terraformVersion(),
                engine.filter(release -> offer.agent().extended() || checksum.isPresent())
                        .map(release -> EngineEndpoints.url(urls, call, release, lifetime))
                        .orElse(null),
                checksum.orElse(null),
                urls.sign(call, Use.WRITE_LOG, claimed(phase, offer), lifetime),
                urls.sign(
                        call, Use.READ_CONFIGURATION, run.configurationVersion().value(), lifetime),
                plan
                        ? urls.sign(call, Use.WRITE_FILESYSTEM, claimed(phase, offer), lifetime)
                        : urls.sign(call, Use.READ_FILESYSTEM, runId, lifetime),
                urls.sign(call, Use.WRITE_PLAN_JSON, claimed(run.plan().id(), offer), lifetime),
                urls.sign(call, Use.WRITE_PROVIDER_SCHEMAS, claimed(run.plan().id(), offer), lifetime),
                plan ? null : urls.sign(call, Use.WRITE_ERRORED_STATE, claimed(phase, offer), lifetime),
                offer.token(),
                offer.timeout().toSeconds() + "s",
                offer.workspace().settings().workingDirectory().orElse(""),
                options.destroy(),
                options.refreshOnly(),
                !options.refresh(),
                options.allowConfigGeneration(),
                options.structuredOutput(),
                options.planOnly(),
                options.targetAddrs(),
                options.replaceAddrs(),
                options.invokeActionAddrs(),
                offer.variables().tfvars(),
                environment,
                parallelism != null && parallelism.matches("[1-9][0-9]{0,2}") ? Integer.valueOf(parallelism) : null,
                run.engine().toString(),
                offer.sshKey().orElse(null),
                options.query());
        return new JobOffer(offer.kind().toString(), runId, offer.lease(), data);
    }

    /** Agents before 1.22 say nothing of it, and were made for one. */
    private static String platform(RegisteredAgent agent) {
        return agent.os().orElse("linux") + "_" + agent.arch().orElse("amd64");
    }

    /** What is written under this URL counts for as long only as this claim does. */
    private static String claimed(PhaseId phase, Offer offer) {
        return phase.value() + "." + offer.claim();
    }
}
