package io.otfd.agent.protocol;

import java.util.List;
import java.util.Map;

/**
 * All that one phase needs. URLs are absolute, carry their own authority, expire, and are used without credentials.
 *
 * @param terraformVersion exact version, or a constraint when the server could not resolve it
 * @param terraformUrl zip archive of the engine, or null when the server mirrors none
 * @param terraformChecksum SHA-256 of that zip in hex, or null
 * @param terraformLogUrl PATCH appends, PUT closes
 * @param configurationVersionUrl GET, tar.gz, flat
 * @param filesystemUrl PUT tar.gz after a plan that can be applied, GET before its apply
 * @param jsonPlanUrl PUT {@code terraform show -json} of the plan
 * @param jsonProviderSchemasUrl PUT {@code terraform providers schema -json}
 * @param erroredStateUrl PUT a state that is taken as no version; null of a plan
 * @param token the run's token for {@code /api/v2}, state and registry
 * @param timeout Go duration, such as {@code 7200s}
 * @param tfvars content of a variable file: workspace and run variables as HCL, or null
 * @param environment variables of category {@code env}
 * @param structuredOutput run plan and apply with {@code -json}
 * @param engine {@code terraform} or {@code tofu}; null is the former
 * @param sshKey private key for modules that come by git over SSH, or null
 * @param query the plan is a query: {@code terraform query} in its place
 * @param planOnly nothing will be applied: the filesystem need not be kept
 */
public record JobData(
        String runId,
        String operation,
        String organizationName,
        String workspaceName,
        String workspaceId,
        String projectName,
        String planId,
        String terraformVersion,
        String terraformUrl,
        String terraformChecksum,
        String terraformLogUrl,
        String configurationVersionUrl,
        String filesystemUrl,
        String jsonPlanUrl,
        String jsonProviderSchemasUrl,
        String erroredStateUrl,
        String token,
        String timeout,
        String workingDirectory,
        Boolean destroy,
        Boolean refreshOnly,
        Boolean skipRefresh,
        Boolean allowConfigGeneration,
        Boolean structuredOutput,
        Boolean planOnly,
        List<String> targetAddrs,
        List<String> replaceAddrs,
        List<String> invokeActionAddrs,
        String tfvars,
        Map<String, String> environment,
        Integer parallelism,
        String engine,
        String sshKey,
        Boolean query) {

    public JobData {
        destroy = destroy != null && destroy;
        refreshOnly = refreshOnly != null && refreshOnly;
        skipRefresh = skipRefresh != null && skipRefresh;
        allowConfigGeneration = allowConfigGeneration != null && allowConfigGeneration;
        structuredOutput = structuredOutput != null && structuredOutput;
        planOnly = planOnly != null && planOnly;
        query = query != null && query;
        targetAddrs = targetAddrs == null ? List.of() : List.copyOf(targetAddrs);
        replaceAddrs = replaceAddrs == null ? List.of() : List.copyOf(replaceAddrs);
        invokeActionAddrs = invokeActionAddrs == null ? List.of() : List.copyOf(invokeActionAddrs);
        environment = environment == null ? Map.of() : Map.copyOf(environment);
    }
}
