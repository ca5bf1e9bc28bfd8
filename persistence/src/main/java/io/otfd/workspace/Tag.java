package io.otfd.workspace;

import io.otfd.Refusal;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A flat tag of an organization's workspaces.
 *
 * @param instanceCount workspaces that have it
 */
public record Tag(String id, String name, Instant createdAt, String organizationName, long instanceCount) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9_:-]*[a-z0-9])?");
    private static final int MAX_LENGTH = 255;

    /** How a client names one: by its id, or by its name, which makes it where it is new. */
    public sealed interface Reference {
        record ById(String id) implements Reference {}

        record ByName(String name) implements Reference {
            public ByName {
                name = name.toLowerCase(Locale.ROOT);
            }
        }
    }

    static String check(String name) {
        if (!NAME.matcher(name).matches() || name.length() > MAX_LENGTH) {
            throw Refusal.Invalid.attribute(
                    "name",
                    "may only contain letters, numbers, colons, hyphens and underscores,"
                            + " and must begin and end with a letter or number");
        }
        return name;
    }
}
