package io.otfd.ui.run;

import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import java.util.Optional;

/**
 * @param url where the form goes
 * @param workspace to be typed before everything is destroyed
 * @param destroyable the workspace allows destroy plans
 * @param obstacle why no run can be started
 */
public record NewRunPage(
        Frame frame, String url, String workspace, boolean destroyable, Filled form, Optional<String> obstacle) {}
