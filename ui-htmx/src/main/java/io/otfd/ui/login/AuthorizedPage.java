package io.otfd.ui.login;

import io.otfd.ui.Frame;

/**
 * Leads on to the program that waits. A page and not a redirect: our policy keeps what a form answers on this server.
 *
 * @param next on the person's own machine
 */
public record AuthorizedPage(Frame frame, String next) {}
