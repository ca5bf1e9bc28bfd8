package io.otfd.ui;

/** One of several values of a dropdown. */
public record Choice(String value, String label) {}
