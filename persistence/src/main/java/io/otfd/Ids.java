package io.otfd;

import java.security.SecureRandom;
import java.util.regex.Pattern;

/** Identifiers: a prefix that names the kind, a dash, 16 random characters. A string of another form names nothing. */
public final class Ids {

    /** Base 58: no 0, O, I or l, which people mistake for one another. */
    private static final char[] ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".toCharArray();

    private static final int LENGTH = 16;
    private static final Pattern SUFFIX = Pattern.compile("[A-Za-z0-9]{1,40}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /** Common to all identifiers, so that statements can bind them. */
    public sealed interface Id {
        String value();
    }

    public record AgentId(String value) implements Id {
        public AgentId {
            check("agent-", value);
        }

        public static AgentId random() {
            return new AgentId(Ids.random("agent-"));
        }
    }

    public record AgentPoolId(String value) implements Id {
        public AgentPoolId {
            check("apool-", value);
        }

        public static AgentPoolId random() {
            return new AgentPoolId(Ids.random("apool-"));
        }
    }

    public record CommentId(String value) implements Id {
        public CommentId {
            check("wsc-", value);
        }

        public static CommentId random() {
            return new CommentId(Ids.random("wsc-"));
        }
    }

    public record ConfigurationVersionId(String value) implements Id {
        public ConfigurationVersionId {
            check("cv-", value);
        }

        public static ConfigurationVersionId random() {
            return new ConfigurationVersionId(Ids.random("cv-"));
        }
    }

    public record NotificationConfigurationId(String value) implements Id {
        public NotificationConfigurationId {
            check("nc-", value);
        }

        public static NotificationConfigurationId random() {
            return new NotificationConfigurationId(Ids.random("nc-"));
        }
    }

    public record OrganizationId(String value) implements Id {
        public OrganizationId {
            check("org-", value);
        }

        public static OrganizationId random() {
            return new OrganizationId(Ids.random("org-"));
        }
    }

    public record OrganizationMembershipId(String value) implements Id {
        public OrganizationMembershipId {
            check("ou-", value);
        }

        public static OrganizationMembershipId random() {
            return new OrganizationMembershipId(Ids.random("ou-"));
        }
    }

    /** A plan ({@code plan-…}) or an apply ({@code apply-…}). */
    public record PhaseId(String value) implements Id {
        public PhaseId {
            check(value != null && value.startsWith("apply-") ? "apply-" : "plan-", value);
        }

        public static PhaseId randomPlan() {
            return new PhaseId(Ids.random("plan-"));
        }

        public static PhaseId randomApply() {
            return new PhaseId(Ids.random("apply-"));
        }
    }

    public record PolicyEvaluationId(String value) implements Id {
        public PolicyEvaluationId {
            check("poleval-", value);
        }

        public static PolicyEvaluationId random() {
            return new PolicyEvaluationId(Ids.random("poleval-"));
        }
    }

    public record PolicyId(String value) implements Id {
        public PolicyId {
            check("pol-", value);
        }

        public static PolicyId random() {
            return new PolicyId(Ids.random("pol-"));
        }
    }

    public record PolicySetId(String value) implements Id {
        public PolicySetId {
            check("polset-", value);
        }

        public static PolicySetId random() {
            return new PolicySetId(Ids.random("polset-"));
        }
    }

    public record PlanExportId(String value) implements Id {
        public PlanExportId {
            check("pe-", value);
        }

        public static PlanExportId random() {
            return new PlanExportId(Ids.random("pe-"));
        }
    }

    public record PolicySetOutcomeId(String value) implements Id {
        public PolicySetOutcomeId {
            check("psout-", value);
        }

        public static PolicySetOutcomeId random() {
            return new PolicySetOutcomeId(Ids.random("psout-"));
        }
    }

    public record ProjectId(String value) implements Id {
        public ProjectId {
            check("prj-", value);
        }

        public static ProjectId random() {
            return new ProjectId(Ids.random("prj-"));
        }
    }

    public record RegistryModuleId(String value) implements Id {
        public RegistryModuleId {
            check("mod-", value);
        }

        public static RegistryModuleId random() {
            return new RegistryModuleId(Ids.random("mod-"));
        }
    }

    public record RegistryModuleVersionId(String value) implements Id {
        public RegistryModuleVersionId {
            check("modver-", value);
        }

        public static RegistryModuleVersionId random() {
            return new RegistryModuleVersionId(Ids.random("modver-"));
        }
    }

    /** Of a query run: its run's, by another name. */
    public record QueryRunId(String value) implements Id {
        private static final String PREFIX = "query-";

        public QueryRunId {
            check(PREFIX, value);
        }

        public static QueryRunId of(RunId run) {
            return new QueryRunId(PREFIX + run.value().substring(RunId.PREFIX.length()));
        }

        public RunId run() {
            return new RunId(RunId.PREFIX + value.substring(PREFIX.length()));
        }
    }

    public record RetentionPolicyId(String value) implements Id {
        public RetentionPolicyId {
            check("drp-", value);
        }

        public static RetentionPolicyId random() {
            return new RetentionPolicyId(Ids.random("drp-"));
        }
    }

    public record RunEventId(String value) implements Id {
        public RunEventId {
            check("re-", value);
        }

        public static RunEventId random() {
            return new RunEventId(Ids.random("re-"));
        }
    }

    public record RunId(String value) implements Id {
        private static final String PREFIX = "run-";

        public RunId {
            check(PREFIX, value);
        }

        public static RunId random() {
            return new RunId(Ids.random(PREFIX));
        }
    }

    public record RunTriggerId(String value) implements Id {
        public RunTriggerId {
            check("rt-", value);
        }

        public static RunTriggerId random() {
            return new RunTriggerId(Ids.random("rt-"));
        }
    }

    public record SshKeyId(String value) implements Id {
        public SshKeyId {
            check("sshkey-", value);
        }

        public static SshKeyId random() {
            return new SshKeyId(Ids.random("sshkey-"));
        }
    }

    public record StateVersionId(String value) implements Id {
        public StateVersionId {
            check("sv-", value);
        }

        public static StateVersionId random() {
            return new StateVersionId(Ids.random("sv-"));
        }
    }

    public record StateVersionOutputId(String value) implements Id {
        public StateVersionOutputId {
            check("wsout-", value);
        }

        public static StateVersionOutputId random() {
            return new StateVersionOutputId(Ids.random("wsout-"));
        }
    }

    public record TaskId(String value) implements Id {
        public TaskId {
            check("task-", value);
        }

        public static TaskId random() {
            return new TaskId(Ids.random("task-"));
        }
    }

    public record TaskResultId(String value) implements Id {
        public TaskResultId {
            check("taskrs-", value);
        }

        public static TaskResultId random() {
            return new TaskResultId(Ids.random("taskrs-"));
        }
    }

    public record TaskResultOutcomeId(String value) implements Id {
        public TaskResultOutcomeId {
            check("taskrso-", value);
        }

        public static TaskResultOutcomeId random() {
            return new TaskResultOutcomeId(Ids.random("taskrso-"));
        }
    }

    public record TaskStageId(String value) implements Id {
        public TaskStageId {
            check("ts-", value);
        }

        public static TaskStageId random() {
            return new TaskStageId(Ids.random("ts-"));
        }
    }

    public record TeamId(String value) implements Id {
        public TeamId {
            check("team-", value);
        }

        public static TeamId random() {
            return new TeamId(Ids.random("team-"));
        }
    }

    public record TeamWorkspaceId(String value) implements Id {
        public TeamWorkspaceId {
            check("tws-", value);
        }

        public static TeamWorkspaceId random() {
            return new TeamWorkspaceId(Ids.random("tws-"));
        }
    }

    public record TokenId(String value) implements Id {
        public TokenId {
            check("at-", value);
        }

        public static TokenId random() {
            return new TokenId(Ids.random("at-"));
        }
    }

    public record UserId(String value) implements Id {
        public UserId {
            check("user-", value);
        }

        public static UserId random() {
            return new UserId(Ids.random("user-"));
        }
    }

    /** Of what variables belong to: a workspace or a set. */
    public sealed interface VariableOwnerId extends Id {}

    public record VariableId(String value) implements Id {
        public VariableId {
            check("var-", value);
        }

        public static VariableId random() {
            return new VariableId(Ids.random("var-"));
        }
    }

    public record VariableSetId(String value) implements VariableOwnerId {
        public VariableSetId {
            check("varset-", value);
        }

        public static VariableSetId random() {
            return new VariableSetId(Ids.random("varset-"));
        }
    }

    public record WorkspaceId(String value) implements VariableOwnerId {
        public WorkspaceId {
            check("ws-", value);
        }

        public static WorkspaceId random() {
            return new WorkspaceId(Ids.random("ws-"));
        }
    }

    public record WorkspaceTaskId(String value) implements Id {
        public WorkspaceTaskId {
            check("wstask-", value);
        }

        public static WorkspaceTaskId random() {
            return new WorkspaceTaskId(Ids.random("wstask-"));
        }
    }

    /** A fresh identifier of a kind that needs no type of its own. */
    public static String random(String prefix) {
        StringBuilder id = new StringBuilder(prefix.length() + LENGTH).append(prefix);
        for (int i = 0; i < LENGTH; i++) {
            id.append(ALPHABET[RANDOM.nextInt(ALPHABET.length)]);
        }
        return id.toString();
    }

    private static void check(String prefix, String value) {
        if (value == null
                || !value.startsWith(prefix)
                || !SUFFIX.matcher(value.substring(prefix.length())).matches()) {
            throw new Refusal.NotFound();
        }
    }
}
