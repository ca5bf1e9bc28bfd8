package io.otfd.conformance;

/** A workspace by both of its names. */
record Workspace(String organization, String name, String id) {}
