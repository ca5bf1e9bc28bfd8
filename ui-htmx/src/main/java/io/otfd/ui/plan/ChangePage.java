package io.otfd.ui.plan;

import io.otfd.ui.Badge;
import io.otfd.ui.Frame;
import java.util.Optional;

/** The attributes of one planned change. */
public record ChangePage(Frame frame, String address, Badge action, Optional<String> note, AttributeDiff diff) {}
