package io.otfd.agent.protocol;

/**
 * Progress or end of one job. Sending the same end twice changes nothing and succeeds.
 *
 * @param type {@code plan} or {@code apply}
 * @param status {@code running} (work has begun), {@code finished}, {@code errored} or {@code canceled}
 * @param error one sentence for the user, when errored
 * @param leaseId of the offer; tfc-agent sends none
 */
public record JobReport(String type, String status, String error, String leaseId, Outcome data) {

    /**
     * What the engine did. Counts are null where unknown.
     *
     * @param runId identifies the job together with {@code operation}
     */
    public record Outcome(
            String runId,
            String operation,
            Boolean hasChanges,
            Boolean generatedConfiguration,
            Integer resourceAdditions,
            Integer resourceChanges,
            Integer resourceDestructions,
            Integer resourceImports) {}
}
