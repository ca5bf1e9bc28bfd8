package io.otfd.ui.login;

import io.otfd.ui.Filled;
import io.otfd.ui.Frame;

/**
 * Lets somebody set a password.
 *
 * @param intro why they are here
 * @param named whether the user name is theirs to choose
 * @param addressed whether the e-mail address is theirs to say
 */
public record WelcomePage(
        Frame frame, String url, String intro, boolean named, boolean addressed, String button, Filled form) {}
