package io.otfd.ui.variable;

import io.otfd.ui.Filled;
import io.otfd.ui.Frame;

/**
 * One variable to be changed.
 *
 * @param sensitive its value is not shown, and stays when none is typed
 * @param edition what the form was filled from
 */
public record VariablePage(
        Frame frame, String url, String key, String back, boolean sensitive, Filled form, String edition) {}
