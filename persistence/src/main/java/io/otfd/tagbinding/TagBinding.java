package io.otfd.tagbinding;

import io.otfd.Ids;
import io.otfd.Ids.ProjectId;
import io.otfd.Refusal;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A key bound to a value, on a project or on a workspace (cloud-docs: Organize workspaces with tags).
 *
 * @param value {@code ""} for a key alone
 * @param inheritedFrom the project, where a workspace has it from there
 */
public record TagBinding(String id, String key, String value, Instant createdAt, Optional<ProjectId> inheritedFrom) {

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_.=+\\-@:]{1,128}");
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_.=+\\-@:]{0,256}");
    private static final String ALPHABET = "may only contain letters, numbers and _.=+-@: and must have at most ";

    /** A binding as a client names it; checks the alphabet. */
    public static TagBinding wanted(String key, String value, Instant now) {
        if (!KEY.matcher(key).matches()) {
            throw Refusal.Invalid.attribute("key", ALPHABET + "128 characters");
        }
        if (!VALUE.matcher(value).matches()) {
            throw Refusal.Invalid.attribute("value", ALPHABET + "256 characters");
        }
        if (key.startsWith("hc:") || key.startsWith("hcp:")) {
            throw Refusal.Invalid.attribute("key", "must not start with hc: or hcp:, which are reserved");
        }
        return new TagBinding(Ids.random("tb-"), key, value, now, Optional.empty());
    }
}
