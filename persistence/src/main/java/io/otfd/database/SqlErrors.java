package io.otfd.database;

import io.otfd.Refusal;
import java.sql.SQLException;
import java.util.Map;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What a failed statement means to the caller. */
final class SqlErrors {

    /** Named constraints that a user can run into, and how we say so. */
    private static final Map<String, Refusal> CONSTRAINTS = Map.ofEntries(
            taken("organization_name_key", "name"),
            taken("project_name_key", "name"),
            taken("workspace_name_key", "name"),
            taken("agent_pool_name_key", "name"),
            taken("team_name_key", "name"),
            taken("task_name_key", "name"),
            taken("users_username_key", "username"),
            taken("users_email_key", "email"),
            taken("variable_key_key", "key"),
            taken("variable_set_name_key", "name"),
            taken("policy_name_key", "name"),
            taken("policy_set_name_key", "name"),
            taken("registry_module_key", "name"),
            taken("registry_module_version_key", "version"),
            Map.entry("organization_membership_key", Refusal.Invalid.attribute("email", "is that of a member already")),
            Map.entry(
                    "plan_export_key",
                    Refusal.Invalid.relationship("plan", "The plan has an export already: delete it first.")),
            Map.entry(
                    "run_trigger_key",
                    Refusal.Invalid.relationship("sourceable", "Sourceable has already been added.")),
            Map.entry("team_workspace_key", Refusal.Invalid.relationship("team", "Team has already been added.")),
            Map.entry("workspace_task_key", Refusal.Invalid.relationship("task", "Task has already been added.")),
            Map.entry(
                    "token_team_description_key",
                    Refusal.Invalid.titled(
                            "invalid attributes",
                            "/data/attributes/description",
                            "Validation failed: Description has already been taken")));

    private static Map.Entry<String, Refusal> taken(String constraint, String attribute) {
        return Map.entry(constraint, Refusal.Invalid.attribute(attribute, "has already been taken"));
    }

    private SqlErrors() {}

    /** A conflict with another transaction: the whole transaction may be tried again. */
    static final class Serialization extends RuntimeException {
        Serialization(Throwable cause) {
            super(cause);
        }
    }

    static RuntimeException translate(Throwable failure) {
        SQLException sql = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException found) {
                sql = found;
            }
        }
        if (sql == null || sql.getSQLState() == null) {
            return unavailable(sql, failure);
        }
        String state = sql.getSQLState();
        // 23503: what a row refers to was deleted just now; the second attempt finds it missing and says so.
        if (state.equals("40001") || state.equals("40P01") || state.equals("23503")) {
            return new Serialization(failure);
        }
        if (state.equals("23505")) {
            Refusal known = CONSTRAINTS.get(constraint(sql));
            if (known != null) {
                return known;
            }
        }
        if (state.equals("22021") || state.equals("22P05")) {
            return new Refusal.Malformed("Text must not contain the character U+0000.");
        }
        // 08: connection, 53: resources, 57: operator intervention, 25006: read-only (fail-over).
        if (state.startsWith("08") || state.startsWith("53") || state.startsWith("57P") || state.equals("25006")) {
            return new Refusal.Unavailable("The database is not available.");
        }
        return new IllegalStateException("SQL state " + state + ": " + sql.getMessage(), failure);
    }

    private static RuntimeException unavailable(SQLException sql, Throwable failure) {
        if (sql != null) {
            // Hikari's time-out carries no state of its own.
            return new Refusal.Unavailable("The database is not available.");
        }
        return failure instanceof RuntimeException runtime ? runtime : new IllegalStateException(failure);
    }

    private static String constraint(SQLException sql) {
        ServerErrorMessage message = sql instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
        return message == null || message.getConstraint() == null ? "" : message.getConstraint();
    }
}
