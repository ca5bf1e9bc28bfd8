package io.otfd.ui.sshkey;

import io.otfd.ui.Choice;
import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import java.util.List;

/** @param keysUrl where keys are made */
public record WorkspaceSshKeyPage(
        Frame frame, String url, List<Frame.Item> tabs, Filled form, List<Choice> keys, String keysUrl) {

    public WorkspaceSshKeyPage {
        tabs = List.copyOf(tabs);
        keys = List.copyOf(keys);
    }
}
