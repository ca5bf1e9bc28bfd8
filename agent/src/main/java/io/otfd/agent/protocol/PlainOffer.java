package io.otfd.agent.protocol;

import java.util.List;
import java.util.Map;

/**
 * A {@link JobOffer} for agents that do not know our extensions: what such agents were seen to read, and where a state may go
 * that is taken as no version.
 *
 * @param jobId the run's id
 */
public record PlainOffer(String type, String jobId, Data data) {

    /**
     * As in {@link JobData}, but for these.
     *
     * @param jsonRedactedPlanUrl PUT the plan without secrets, with the schemas that it needs
     * @param sanitizedPlanUrl PUT; of no use to this server
     */
    public record Data(
            String runId,
            String operation,
            String organizationName,
            String workspaceName,
            String planId,
            String terraformVersion,
            String terraformUrl,
            String terraformChecksum,
            String terraformLogUrl,
            String configurationVersionUrl,
            String filesystemUrl,
            String jsonPlanUrl,
            String jsonProviderSchemasUrl,
            String jsonRedactedPlanUrl,
            String sanitizedPlanUrl,
            String erroredStateUrl,
            String token,
            String timeout,
            String workingDirectory,
            Boolean destroy,
            Boolean refreshOnly,
            Boolean skipRefresh,
            List<String> targetAddrs,
            List<String> replaceAddrs,
            String tfvars,
            Map<String, String> environment,
            Integer parallelism) {}

    /** The same job. */
    public static PlainOffer of(JobOffer offer, String jsonRedactedPlanUrl, String sanitizedPlanUrl) {
        JobData data = offer.data();
        return new PlainOffer(
                offer.type(),
                offer.jobId(),
                new Data(
                        data.runId(),
                        data.operation(),
                        data.organizationName(),
                        data.workspaceName(),
                        data.planId(),
                        data.terraformVersion(),
                        data.terraformUrl(),
                        data.terraformChecksum(),
                        data.terraformLogUrl(),
                        data.configurationVersionUrl(),
                        data.filesystemUrl(),
                        data.jsonPlanUrl(),
                        data.jsonProviderSchemasUrl(),
                        jsonRedactedPlanUrl,
                        sanitizedPlanUrl,
                        data.erroredStateUrl(),
                        data.token(),
                        data.timeout(),
                        data.workingDirectory(),
                        data.destroy(),
                        data.refreshOnly(),
                        data.skipRefresh(),
                        data.targetAddrs(),
                        data.replaceAddrs(),
                        data.tfvars(),
                        data.environment(),
                        data.parallelism()));
    }
}
