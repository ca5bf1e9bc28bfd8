package io.otfd.variable;

/**
 * The variable that a workspace's runs get for its key and category.
 *
 * @param priority it comes from a set that beats the command line
 */
public record EffectiveVariable(Variable variable, boolean priority) {}
