package io.otfd.ui.agentpool;

import io.otfd.ui.Frame;
import java.util.Optional;

/**
 * Asks whether an agent is to be given no more jobs, or some again.
 *
 * @param back where whoever changes their mind goes
 * @param draining it is given none now
 * @param message why, as somebody said
 */
public record DrainPage(Frame frame, String url, String back, boolean draining, Optional<String> message) {}
