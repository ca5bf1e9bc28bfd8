package io.otfd.variable;

import io.otfd.Ids;
import io.otfd.Ids.VariableId;
import io.otfd.Ids.VariableOwnerId;
import io.otfd.Ids.VariableSetId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.access.WorkspacePermission;
import io.otfd.database.Database;
import io.otfd.database.Row;
import io.otfd.database.Sql;
import io.otfd.database.Tx;
import io.otfd.variableset.VariableSets;
import io.otfd.workspace.Workspaces;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Variables of workspaces and of sets, and which of them count in a workspace. */
public final class Variables {

    private final Database database;
    private final Clock clock;

    public Variables(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    public Variable create(
            Caller caller,
            VariableOwnerId owner,
            String key,
            Variable.Category category,
            UnaryOperator<Variable> rest) {
        return database.transact(tx -> {
            requireWritable(tx, caller, owner);
            Variable variable = rest.apply(new Variable(
                    VariableId.random(),
                    owner,
                    key,
                    "",
                    category,
                    false,
                    false,
                    Optional.empty(),
                    Ids.random("varver-"),
                    clock.instant()));
            write(tx, "variable.insert", variable);
            return find(tx, owner, variable.id());
        });
    }

    /** In order of creation. */
    public List<Variable> list(Caller caller, VariableOwnerId owner) {
        return database.read(sql -> {
            requireReadable(sql, caller, owner);
            return sql.list(
                    "variable.list",
                    Variables::variable,
                    "workspace_id",
                    workspace(owner).orElse(null),
                    "variable_set_id",
                    set(owner).orElse(null));
        });
    }

    /** What counts in the workspace: its own and those of sets, of each key and category the strongest. */
    public List<EffectiveVariable> effective(Caller caller, WorkspaceId workspace) {
        return database.read(sql -> {
            requireReadable(sql, caller, workspace);
            return effective(sql, workspace);
        });
    }

    /** Of all sets that apply to the workspace, those that others beat included. */
    public List<InheritedVariable> inherited(Caller caller, WorkspaceId workspace) {
        return database.read(sql -> {
            requireReadable(sql, caller, workspace);
            return sql.list(
                    "variable.inherited",
                    row -> new InheritedVariable(variable(row), row.text("set_name"), row.flag("priority")),
                    "workspace_id",
                    workspace);
        });
    }

    public Variable read(Caller caller, VariableOwnerId owner, VariableId id) {
        return database.read(sql -> {
            requireReadable(sql, caller, owner);
            return find(sql, owner, id);
        });
    }

    /** A sensitive variable stays sensitive (cloud-docs: it must be deleted and made anew). */
    public Variable update(Caller caller, VariableOwnerId owner, VariableId id, UnaryOperator<Variable> change) {
        return database.transact(tx -> {
            requireWritable(tx, caller, owner);
            Variable before = find(tx, owner, id);
            Variable after = change.apply(before);
            if (before.sensitive() && !after.sensitive()) {
                throw Refusal.Invalid.attribute(
                        "sensitive", "cannot be taken from a variable: delete it and make a new one");
            }
            write(tx, "variable.update", after);
            return find(tx, owner, id);
        });
    }

    public void delete(Caller caller, VariableOwnerId owner, VariableId id) {
        database.transactVoid(tx -> {
            requireWritable(tx, caller, owner);
            find(tx, owner, id);
            tx.update("variable.delete", "id", id);
        });
    }

    /** For other services: what counts in a workspace, values included. */
    public static List<EffectiveVariable> effective(Sql sql, WorkspaceId workspace) {
        return sql.list(
                "variable.effective",
                row -> new EffectiveVariable(variable(row), row.flag("priority")),
                "workspace_id",
                workspace);
    }

    private static void requireReadable(Sql sql, Caller caller, VariableOwnerId owner) {
        switch (owner) {
            case WorkspaceId workspace ->
                Workspaces.view(sql, caller, workspace).grants().require(WorkspacePermission.CAN_READ_VARIABLE);
            case VariableSetId set -> VariableSets.view(sql, caller, set);
        }
    }

    private static void requireWritable(Tx tx, Caller caller, VariableOwnerId owner) {
        switch (owner) {
            case WorkspaceId workspace ->
                Workspaces.view(tx, caller, workspace).grants().require(WorkspacePermission.CAN_UPDATE_VARIABLE);
            case VariableSetId set -> VariableSets.touch(tx, caller, set);
        }
    }

    private static Optional<VariableOwnerId> workspace(VariableOwnerId owner) {
        return Optional.of(owner).filter(WorkspaceId.class::isInstance);
    }

    private static Optional<VariableOwnerId> set(VariableOwnerId owner) {
        return Optional.of(owner).filter(VariableSetId.class::isInstance);
    }

    private static Variable find(Sql sql, VariableOwnerId owner, VariableId id) {
        return sql.one("variable.by_id", Variables::variable, "id", id, "owner_id", owner)
                .orElseThrow(Refusal.NotFound::new);
    }

    private static void write(Tx tx, String statement, Variable variable) {
        tx.update(
                statement,
                "id",
                variable.id(),
                "workspace_id",
                workspace(variable.owner()).orElse(null),
                "variable_set_id",
                set(variable.owner()).orElse(null),
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
                row.optionalText("workspace_id")
                        .<VariableOwnerId>map(WorkspaceId::new)
                        .orElseGet(() -> new VariableSetId(row.text("variable_set_id"))),
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
