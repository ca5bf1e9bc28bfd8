package io.otfd.ui.sshkey;

import io.otfd.ui.Filled;
import io.otfd.ui.Frame;

/** @param edition what the form was filled from */
public record SshKeyPage(Frame frame, String url, String id, Filled form, String edition) {}
