package io.otfd.ui.project;

import io.otfd.ui.Fact;
import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import io.otfd.ui.agentpool.PoolChoices;
import java.util.List;
import java.util.Optional;

/**
 * @param form empty for those who may not change it
 * @param tags keys with values, as its workspaces have them, too
 * @param edition what the form was filled from
 * @param pools that may be the default
 * @param deletable by the visitor, and not the default project
 */
public record ProjectPage(
        Frame frame,
        String url,
        String name,
        String id,
        List<Fact> facts,
        String workspacesUrl,
        Optional<String> variableSetsUrl,
        Optional<Filled> form,
        List<String> tags,
        String edition,
        PoolChoices.Offered pools,
        boolean deletable) {

    public ProjectPage {
        facts = List.copyOf(facts);
        tags = List.copyOf(tags);
    }
}
