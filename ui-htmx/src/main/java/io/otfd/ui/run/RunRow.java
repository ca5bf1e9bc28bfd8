package io.otfd.ui.run;

import io.otfd.Ids.UserId;
import io.otfd.run.Run;
import io.otfd.run.RunView;
import io.otfd.ui.Badge;
import io.otfd.ui.Links;
import io.otfd.ui.Moment;
import io.otfd.user.User;
import io.otfd.user.Users;
import io.otfd.workspace.Workspace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run in a list.
 *
 * @param message its first line
 * @param author user name, or what made it
 */
public record RunRow(
        String id,
        String url,
        String message,
        String workspace,
        String workspaceUrl,
        Badge status,
        String author,
        Optional<String> counts,
        Moment createdAt) {

    private static final String NO_MESSAGE = "(no message)";

    public static List<RunRow> of(List<RunView> views, Users users) {
        Map<UserId, Optional<String>> names = new HashMap<>();
        return views.stream()
                .map(view -> of(
                        view,
                        view.run()
                                .createdBy()
                                .flatMap(id -> names.computeIfAbsent(
                                        id, some -> users.find(some).map(User::username)))))
                .toList();
    }

    private static RunRow of(RunView view, Optional<String> author) {
        Run run = view.run();
        Workspace workspace = view.workspace().workspace();
        return new RunRow(
                run.id().value(),
                Links.run(
                        workspace.organizationName(), workspace.name(), run.id().value()),
                headline(run.message()),
                workspace.name(),
                Links.workspace(workspace.organizationName(), workspace.name()),
                RunBadge.of(run.status()),
                author.orElse(run.source()),
                PhaseCounts.of(run.plan()),
                Moment.of(run.createdAt()));
    }

    static String headline(String message) {
        return message.lines().findFirst().filter(line -> !line.isBlank()).orElse(NO_MESSAGE);
    }
}
