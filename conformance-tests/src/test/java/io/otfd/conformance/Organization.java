package io.otfd.conformance;

import java.util.Optional;

/**
 * An organization for one test or for all.
 *
 * @param pool id of the agent pool its workspaces run in; empty for the server's own agent
 */
record Organization(String name, Optional<String> pool) {}
