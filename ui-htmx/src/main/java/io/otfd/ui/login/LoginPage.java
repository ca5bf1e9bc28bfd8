package io.otfd.ui.login;

import io.otfd.ui.Frame;
import java.util.Optional;

/** @param wanted where to go then */
public record LoginPage(Frame frame, String wanted, Optional<String> problem) {}
