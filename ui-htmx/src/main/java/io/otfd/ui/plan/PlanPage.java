package io.otfd.ui.plan;

import io.otfd.ui.Frame;

public record PlanPage(Frame frame, PlanPart part) {}
