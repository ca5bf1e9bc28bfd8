package io.otfd.variable;

import io.otfd.Ids.VariableId;
import io.otfd.Ids.VariableOwnerId;
import io.otfd.Refusal;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A variable of a workspace or of a set.
 *
 * @param hcl the value is HCL and not a string
 * @param sensitive the value is never shown again
 * @param versionId changes with every change
 */
public record Variable(
        VariableId id,
        VariableOwnerId owner,
        String key,
        String value,
        Category category,
        boolean hcl,
        boolean sensitive,
        Optional<String> description,
        String versionId,
        Instant createdAt) {

    private static final Pattern TERRAFORM_NAME = Pattern.compile("[A-Za-z0-9_-]+");
    private static final Pattern DECLARABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
    private static final Pattern ENVIRONMENT_NAME = Pattern.compile("[^=\\s\\u0000]+");

    /** Characters (OTF's figures for the first two; go-tfe's suite refuses a description of more than 512). */
    private static final int MAX_KEY = 256;

    private static final int MAX_VALUE = 256 << 10;
    private static final int MAX_DESCRIPTION = 512;

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
        limit("key", key, MAX_KEY);
        limit("value", value, MAX_VALUE);
        description.ifPresent(text -> limit("description", text, MAX_DESCRIPTION));
        if (value.indexOf('\0') >= 0) {
            throw Refusal.Invalid.attribute("value", "must not contain the character U+0000");
        }
    }

    private static void limit(String attribute, String text, int most) {
        if (text.length() > most) {
            throw Refusal.Invalid.attribute(attribute, "is too long (maximum is " + most + " characters)");
        }
    }

    /** Whether a configuration can have a variable of this name; Terraform knows none that begins with a digit or a dash. */
    boolean isDeclarable() {
        return DECLARABLE.matcher(key).matches();
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
