/**
 * Evaluates policies with the program {@code opa}, which the operator installs. Policies are what users write: the program gets no
 * environment and no network, a directory of its own, and bounds for its memory, its time and what it says. A
 * policy that cannot be evaluated has not passed.
 */
package io.otfd.evaluator;
