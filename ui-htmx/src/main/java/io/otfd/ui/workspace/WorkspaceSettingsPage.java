package io.otfd.ui.workspace;

import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import io.otfd.ui.agentpool.PoolChoices;
import java.util.List;
import java.util.Optional;

/**
 * @param projects names that are offered
 * @param edition what the form was filled from
 * @param inherited the mode that the default stands for, in words
 * @param pools those that the workspace may use
 * @param poolsUrl where pools are made
 * @param deleteUrl empty for those who may not delete it
 */
public record WorkspaceSettingsPage(
        Frame frame,
        String url,
        List<Frame.Item> tabs,
        Filled form,
        List<String> projects,
        String edition,
        String inherited,
        PoolChoices.Offered pools,
        Optional<String> poolsUrl,
        Optional<String> deleteUrl) {

    public WorkspaceSettingsPage {
        tabs = List.copyOf(tabs);
        projects = List.copyOf(projects);
    }
}
