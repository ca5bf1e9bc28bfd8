package io.otfd.variableset;

/** A set of variables, and whether the caller may change it. */
public record VariableSetView(VariableSet set, boolean canUpdate) {}
