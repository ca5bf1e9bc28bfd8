package io.otfd.ui.state;

import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import io.otfd.ui.Picker;
import java.util.List;

/**
 * Which workspaces may read the state.
 *
 * @param shared with whom the settings share it, where that is not by name; empty otherwise
 */
public record StateSharingPage(
        Frame frame,
        String url,
        List<Frame.Item> tabs,
        String shared,
        Filled form,
        String edition,
        List<Picker> pickers) {

    public StateSharingPage {
        tabs = List.copyOf(tabs);
        pickers = List.copyOf(pickers);
    }
}
