package io.otfd.run;

import java.util.List;
import java.util.Optional;

/**
 * What is asked of a run.
 *
 * @param planOnly nothing will be applied
 * @param savePlan the plan waits to be applied by name, and does not hold the queue
 * @param structuredOutput the engine writes JSON lines, which the client renders
 * @param variables of the command line
 * @param policyPaths kept and shown: they name policies beside a configuration, which no engine of ours evaluates
 * @param invokeActionAddrs actions to plan, and nothing else (since Terraform 1.14)
 * @param query the plan is a query, and the run one of {@link QueryRuns}
 */
public record RunOptions(
        boolean planOnly,
        boolean autoApply,
        boolean destroy,
        boolean refresh,
        boolean refreshOnly,
        boolean savePlan,
        boolean allowEmptyApply,
        boolean allowConfigGeneration,
        boolean structuredOutput,
        List<String> targetAddrs,
        List<String> replaceAddrs,
        Optional<String> terraformVersion,
        List<RunVariable> variables,
        List<String> policyPaths,
        List<String> invokeActionAddrs,
        boolean query) {

    /** Of a run that is no query run. */
    public RunOptions(
            boolean planOnly,
            boolean autoApply,
            boolean destroy,
            boolean refresh,
            boolean refreshOnly,
            boolean savePlan,
            boolean allowEmptyApply,
            boolean allowConfigGeneration,
            boolean structuredOutput,
            List<String> targetAddrs,
            List<String> replaceAddrs,
            Optional<String> terraformVersion,
            List<RunVariable> variables,
            List<String> policyPaths,
            List<String> invokeActionAddrs) {
        this(
                planOnly,
                autoApply,
                destroy,
                refresh,
                refreshOnly,
                savePlan,
                allowEmptyApply,
                allowConfigGeneration,
                structuredOutput,
                targetAddrs,
                replaceAddrs,
                terraformVersion,
                variables,
                policyPaths,
                invokeActionAddrs,
                false);
    }

    /**
     * Of a query run.
     *
     * @param generate configuration for what is found
     */
    static RunOptions query(boolean generate, Optional<String> terraformVersion, List<RunVariable> variables) {
        return new RunOptions(
                true,
                false,
                false,
                true,
                false,
                false,
                false,
                generate,
                true,
                List.of(),
                List.of(),
                terraformVersion,
                variables,
                List.of(),
                List.of(),
                true);
    }

    public RunOptions {
        targetAddrs = List.copyOf(targetAddrs);
        replaceAddrs = List.copyOf(replaceAddrs);
        variables = List.copyOf(variables);
        policyPaths = List.copyOf(policyPaths);
        invokeActionAddrs = List.copyOf(invokeActionAddrs);
    }

    /** @param value HCL */
    public record RunVariable(String key, String value) {}
}
