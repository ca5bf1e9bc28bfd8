package io.otfd.ui.workspace;

import io.otfd.workspace.Lock;

/** A lock in words. */
final class LockText {

    private LockText() {}

    static String of(Lock lock) {
        String holder = switch (lock.holder()) {
            case Lock.Holder.User user -> "Locked by " + user.username();
            case Lock.Holder.Team team -> "Locked by team " + team.name();
            case Lock.Holder.Run run -> "Locked by " + run.id().value();
        };
        return lock.reason().map(reason -> holder + ": " + reason).orElse(holder);
    }
}
