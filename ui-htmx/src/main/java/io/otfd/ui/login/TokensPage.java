package io.otfd.ui.login;

import io.otfd.ui.Frame;

/** @param host name and port of this server */
public record TokensPage(Frame frame, String host) {}
