package io.otfd.registrymodule;

import io.otfd.Refusal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a module is called within an organization.
 *
 * @param publicNamespace of an entry that points to the public registry; empty for a module of the organization's own
 */
public record ModuleAddress(Optional<String> publicNamespace, String name, String provider) {

    /** As Terraform reads module sources: another one could not be used. */
    private static final Pattern NAME = Pattern.compile("[0-9A-Za-z](?:[0-9A-Za-z_-]{0,62}[0-9A-Za-z])?");

    private static final Pattern PROVIDER = Pattern.compile("[0-9a-z]{1,64}");
    private static final String COMPLAINT = "may only contain letters, numbers, dashes and underscores, begins and ends"
            + " with a letter or number, and has at most 64 characters";

    /** One of the organization's own. */
    public static ModuleAddress own(String name, String provider) {
        return new ModuleAddress(Optional.empty(), name, provider);
    }

    /** A new one: with a name that can be used. */
    public ModuleAddress checked() {
        if (!NAME.matcher(name).matches()) {
            throw Refusal.Invalid.attribute("name", COMPLAINT);
        }
        if (!PROVIDER.matcher(provider).matches()) {
            throw Refusal.Invalid.attribute(
                    "provider", "may only contain lower-case letters and numbers, and has at most 64 characters");
        }
        if (!publicNamespace
                .map(NAME::matcher)
                .map(java.util.regex.Matcher::matches)
                .orElse(true)) {
            throw Refusal.Invalid.attribute("namespace", COMPLAINT);
        }
        return this;
    }

    public boolean isPublic() {
        return publicNamespace.isPresent();
    }

    /** {@code public} or {@code private}. */
    public String registryName() {
        return isPublic() ? "public" : "private";
    }
}
