package io.otfd.ui;

/** @param partial stands inside another page: no frame around it */
public record ErrorPage(Frame frame, int status, String message, boolean partial) {}
