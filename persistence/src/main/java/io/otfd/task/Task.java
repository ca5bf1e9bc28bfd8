package io.otfd.task;

import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.TaskId;
import io.otfd.Ids.WorkspaceTaskId;
import io.otfd.Refusal;
import io.otfd.organization.Names;
import io.otfd.taskstage.Stage;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run task: somebody outside who is asked about runs.
 *
 * @param url whether its host may be spoken to is looked at when it is connected
 * @param hmacKey signs what is sent; never shown
 * @param global what holds in workspaces that do not attach it themselves; empty where the organization may have none
 * @param workspaceTasks where it is attached
 */
public record Task(
        TaskId id,
        OrganizationId organization,
        String organizationName,
        String name,
        String url,
        String description,
        Optional<String> hmacKey,
        boolean enabled,
        Optional<Global> global,
        List<WorkspaceTaskId> workspaceTasks,
        Instant createdAt,
        Instant updatedAt) {

    private static final int MAX_URL = 2048;
    private static final int MAX_KEY = 4096;

    /** Documented. */
    private static final int MAX_DESCRIPTION = 300;

    /** In all workspaces of the organization, where it is enabled. */
    public record Global(boolean enabled, List<Stage> stages, Enforcement enforcement) {

        public static final Global NONE = new Global(false, List.of(), Enforcement.ADVISORY);

        public Global {
            stages = stages.stream().distinct().toList();
            if (enabled && stages.isEmpty()) {
                throw Refusal.Invalid.attribute("global-configuration", "needs stages when it is enabled");
            }
        }
    }

    public Task {
        Names.task(name);
        checkUrl(url);
        if (description.length() > MAX_DESCRIPTION) {
            throw Refusal.Invalid.attribute("description", "must have at most " + MAX_DESCRIPTION + " characters");
        }
        if (hmacKey.filter(key -> key.length() > MAX_KEY).isPresent()) {
            throw Refusal.Invalid.attribute("hmac-key", "must have at most " + MAX_KEY + " characters");
        }
    }

    private static void checkUrl(String url) {
        if (url.isBlank()) {
            throw Refusal.Invalid.attribute("url", "can't be blank");
        }
        if (url.length() > MAX_URL) {
            throw Refusal.Invalid.attribute("url", "must have at most " + MAX_URL + " characters");
        }
        if (!isWeb(url)) {
            throw Refusal.Invalid.attribute("url", "must be an http or https URL without a user name");
        }
    }

    /** Whether it leads to the web, and to nothing else. */
    public static boolean isWeb(String url) {
        try {
            URI uri = new URI(url);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return web && uri.getHost() != null && uri.getUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
