package io.otfd.configuration;

import io.otfd.access.WorkspacePermission;
import io.otfd.workspace.WorkspaceView;
import java.util.List;
import java.util.Optional;

/** The README.md of a workspace's current configuration, as it was found at the upload ({@link Readme}). */
public final class Readmes {

    private final ConfigurationVersions configurations;

    public Readmes(ConfigurationVersions configurations) {
        this.configurations = configurations;
    }

    /** Markdown of a stranger. Empty where there is none, and for those who may not read the workspace's runs. */
    public Optional<String> of(WorkspaceView view) {
        return view.grants().has(WorkspacePermission.CAN_READ_RUN)
                ? view.workspace()
                        .currentConfigurationVersion()
                        .map(id -> configurations.readmes(List.of(id)).get(id))
                : Optional.empty();
    }
}
