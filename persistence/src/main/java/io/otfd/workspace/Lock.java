package io.otfd.workspace;

import io.otfd.Ids.RunId;
import io.otfd.Ids.TeamId;
import io.otfd.Ids.UserId;
import io.otfd.access.Caller;
import java.util.Optional;

/** Who keeps others from changing the state. */
public record Lock(Holder holder, Optional<String> reason) {

    /** A person, a team by its token, or a run. */
    public sealed interface Holder {
        record User(UserId id, String username) implements Holder {}

        record Team(TeamId id, String name) implements Holder {}

        record Run(RunId id) implements Holder {}
    }

    /** As in "Workspace is locked by …" (the words are what go-tfe looks for). */
    public String heldBy() {
        return switch (holder) {
            case Holder.User user -> "User " + user.username();
            case Holder.Team team -> "Team " + team.name();
            case Holder.Run run -> "Run " + run.id().value();
        };
    }

    public boolean isHeldBy(Caller caller) {
        return switch (holder) {
            case Holder.User user -> caller.userId().filter(user.id()::equals).isPresent();
            case Holder.Team team -> caller.teamId().filter(team.id()::equals).isPresent();
            case Holder.Run(RunId run) ->
                caller instanceof Caller.Run own && own.id().equals(run);
        };
    }
}
