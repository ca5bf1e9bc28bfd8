package io.otfd.ui.workspace;

import gg.jte.Content;
import io.otfd.ui.Frame;
import java.util.Optional;

/** @param text empty where the configuration has none */
public record ReadmePage(Frame frame, Optional<Content> text) {}
