package io.otfd.workspace;

import io.otfd.Ids.RunId;
import io.otfd.Ids.UserId;
import java.util.Optional;

/** Who keeps others from changing the state. */
public record Lock(Holder holder, Optional<String> reason) {

    /** A person or a run. */
    public sealed interface Holder {
        record User(UserId id, String username) implements Holder {}

        record Run(RunId id) implements Holder {}
    }

    /** As in "Workspace is locked by …" (the words are what go-tfe looks for). */
    public String heldBy() {
        return switch (holder) {
            case Holder.User user -> "User " + user.username();
            case Holder.Run run -> "Run " + run.id().value();
        };
    }
}
