package io.otfd.daemon;

import io.otfd.Ids.UserId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** The first user's API token: given by a flag, or made once. Kept as a hash, and for its owner in a file. */
final class SiteToken {

    private SiteToken() {}

    /** The token when it was made now, and so is to be shown. */
    static Optional<String> establish(Config config, ControlPlane plane) {
        UserId admin = plane.users().admin().id();
        if (config.siteToken().isPresent()) {
            String token = config.siteToken().get();
            plane.tokens().setSiteToken(admin, token);
            write(config.siteTokenFile(), token);
            return Optional.empty();
        }
        Optional<String> made = plane.tokens().mintSiteToken(admin);
        made.ifPresent(token -> write(config.siteTokenFile(), token));
        return made;
    }

    private static void write(Path file, String token) {
        try {
            Path temporary = Files.createTempFile(
                    file.getParent(),
                    ".site-token",
                    "",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(temporary, token + "\n");
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("the token file " + file + " cannot be written", e);
        }
    }
}
