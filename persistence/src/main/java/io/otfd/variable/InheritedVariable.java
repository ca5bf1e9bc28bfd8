package io.otfd.variable;

/**
 * A variable of a set that applies to a workspace, whether it counts there or not.
 *
 * @param setName of the set, whose id is the variable's owner
 * @param priority the set's values beat those of workspaces
 */
public record InheritedVariable(Variable variable, String setName, boolean priority) {}
