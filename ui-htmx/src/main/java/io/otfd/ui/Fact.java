package io.otfd.ui;

/** A line of a list of properties. */
public record Fact(String label, String text) {}
