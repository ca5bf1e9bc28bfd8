package io.otfd;

/** A migrated database of a test class's own. */
public record TestDatabase(String jdbcUrl, String user, String password) {}
