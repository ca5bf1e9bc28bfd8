package io.otfd.access;

import io.otfd.Refusal;
import java.util.Set;
import java.util.stream.Collectors;

/** What a caller may do here. The same value is shown under {@code permissions} and enforced. */
public record Grants<P extends Enum<P>>(Set<P> permissions) {

    public Grants<P> without(Set<P> withheld) {
        return new Grants<>(permissions.stream()
                .filter(permission -> !withheld.contains(permission))
                .collect(Collectors.toUnmodifiableSet()));
    }

    public boolean has(P permission) {
        return permissions.contains(permission);
    }

    /**
     * TFC answers 404, not 403, to hide existence (cloud-docs/api-docs: "not found, or user unauthorized").
     *
     * @throws Refusal.NotFound without the permission
     */
    public Grants<P> require(P permission) {
        if (!has(permission)) {
            throw new Refusal.NotFound();
        }
        return this;
    }
}
