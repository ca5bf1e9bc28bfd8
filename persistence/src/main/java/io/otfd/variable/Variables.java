package io.otfd.variable;

import io.otfd.Ids;
import io.otfd.Ids.VariableId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.access.WorkspacePermission;
import io.otfd.database.Database;
import io.otfd.database.Row;
import io.otfd.database.Sql;
import io.otfd.database.Tx;
import io.otfd.workspace.Workspaces;
import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;

/** Variables of workspaces. */
public final class Variables {

    private final Database database;
    private final Clock clock;

    public Variables(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    public Variable create(
            Caller caller,
            WorkspaceId workspace,
            String key,
            Variable.Category category,
            UnaryOperator<Variable> rest) {
        return database.transact(tx -> {
            require(tx, caller, workspace, WorkspacePermission.CAN_UPDATE_VARIABLE);
            Variable variable = rest.apply(new Variable(
                    VariableId.random(),
                    workspace,
                    key,
                    "",
                    category,
                    false,
                    false,
                    java.util.Optional.empty(),
                    Ids.random("varver-"),
                    clock.instant()));
            write(tx, "variable.insert", variable);
            return variable;
        });
    }

    /** In order of creation. */
    public List<Variable> list(Caller caller, WorkspaceId workspace) {
        return database.read(sql -> {
            require(sql, caller, workspace, WorkspacePermission.CAN_READ_VARIABLE);
            return of(sql, workspace);
        });
    }

    public Variable read(Caller caller, WorkspaceId workspace, VariableId id) {
        return database.read(sql -> {
            require(sql, caller, workspace, WorkspacePermission.CAN_READ_VARIABLE);
            return find(sql, workspace, id);
        });
    }

    /** A sensitive variable stays sensitive (cloud-docs: it must be deleted and made anew). */
    public Variable update(Caller caller, WorkspaceId workspace, VariableId id, UnaryOperator<Variable> change) {
        return database.transact(tx -> {
            require(tx, caller, workspace, WorkspacePermission.CAN_UPDATE_VARIABLE);
            Variable before = find(tx, workspace, id);
            Variable after = change.apply(before);
            if (before.sensitive() && !after.sensitive()) {
                throw Refusal.Invalid.attribute(
                        "sensitive", "cannot be taken from a variable: delete it and make a new one");
            }
            write(tx, "variable.update", after);
            return find(tx, workspace, id);
        });
    }

    public void delete(Caller caller, WorkspaceId workspace, VariableId id) {
        database.transactVoid(tx -> {
            require(tx, caller, workspace, WorkspacePermission.CAN_UPDATE_VARIABLE);
            find(tx, workspace, id);
            tx.update("variable.delete", "id", id);
        });
    }

    /** For other services: a workspace's variables, values included. */
    public static List<Variable> of(Sql sql, WorkspaceId workspace) {
        return sql.list("variable.list", Variables::variable, "workspace_id", workspace);
    }

    private static void require(Sql sql, Caller caller, WorkspaceId workspace, WorkspacePermission permission) {
        Workspaces.view(sql, caller, workspace).grants().require(permission);
    }

    private static Variable find(Sql sql, WorkspaceId workspace, VariableId id) {
        return sql.one("variable.by_id", Variables::variable, "id", id, "workspace_id", workspace)
                .orElseThrow(Refusal.NotFound::new);
    }

    private static void write(Tx tx, String statement, Variable variable) {
        tx.update(
                statement,
                "id",
                variable.id(),
                "workspace_id",
                variable.workspace(),
                "key",
                variable.key(),
                "value",
                tx.vault().seal(variable.id().value(), variable.value()),
                "category",
                variable.category(),
                "hcl",
                variable.hcl(),
                "sensitive",
                variable.sensitive(),
                "description",
                variable.description().orElse(null),
                "version_id",
                Ids.random("varver-"),
                "created_at",
                variable.createdAt());
    }

    private static Variable variable(Row row) {
        return new Variable(
                new VariableId(row.text("id")),
                new WorkspaceId(row.text("workspace_id")),
                row.text("key"),
                row.secret("value", row.text("id")),
                Variable.Category.of(row.text("category")),
                row.flag("hcl"),
                row.flag("sensitive"),
                row.optionalText("description"),
                row.text("version_id"),
                row.instant("created_at"));
    }
}
