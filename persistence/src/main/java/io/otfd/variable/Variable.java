package io.otfd.variable;

import io.otfd.Ids.VariableId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Refusal;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A variable of a workspace.
 *
 * @param hcl the value is HCL and not a string
 * @param sensitive the value is never shown again
 * @param versionId changes with every change
 */
public record Variable(
        VariableId id,
        WorkspaceId workspace,
        String key,
        String value,
        Category category,
        boolean hcl,
        boolean sensitive,
        Optional<String> description,
        String versionId,
        Instant createdAt) {

    private static final Pattern TERRAFORM_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
    private static final Pattern ENVIRONMENT_NAME = Pattern.compile("[^=\\s\\u0000]+");

    public Variable {
        if (key.isBlank()) {
            throw Refusal.Invalid.attribute("key", "can't be blank");
        }
        Pattern names = category == Category.TERRAFORM ? TERRAFORM_NAME : ENVIRONMENT_NAME;
        if (!names.matcher(key).matches()) {
            throw Refusal.Invalid.attribute(
                    "key",
                    "contains invalid characters. Keys may only contain letters, numbers, underscores and hyphens");
        }
        if (value.indexOf('\0') >= 0) {
            throw Refusal.Invalid.attribute("value", "must not contain the character U+0000");
        }
    }

    /** To what it is given. */
    public enum Category {
        TERRAFORM,
        ENV;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        public static Category of(String text) {
            return switch (text) {
                case "terraform" -> TERRAFORM;
                case "env" -> ENV;
                case String other ->
                    throw Refusal.Invalid.attribute("category", "must be terraform or env, not " + other);
            };
        }
    }
}
