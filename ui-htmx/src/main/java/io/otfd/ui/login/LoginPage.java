package io.otfd.ui.login;

import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import java.util.Optional;

/**
 * @param wanted where to go then
 * @param username as it was typed; never the password
 * @param problem of the token, where one was given
 * @param byToken whether the form for tokens is open
 */
public record LoginPage(Frame frame, String wanted, Filled username, Optional<String> problem, boolean byToken) {}
