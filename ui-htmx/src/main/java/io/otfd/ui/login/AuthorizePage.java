package io.otfd.ui.login;

import io.otfd.ui.Frame;

/** Asks whether Terraform may have a token. */
public record AuthorizePage(Frame frame, Authorization authorization, String username, String host) {}
