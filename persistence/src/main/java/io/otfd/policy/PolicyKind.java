package io.otfd.policy;

import io.otfd.Refusal;

/** What policies are written in. There is one: Sentinel is closed, and nobody but its maker can run it. */
public final class PolicyKind {

    public static final String OPA = "opa";

    private PolicyKind() {}

    /** @throws Refusal.Invalid for any other kind */
    public static void require(String kind) {
        if (kind.equals("sentinel")) {
            throw Refusal.Invalid.attribute(
                    "kind", "must be opa: Sentinel is closed source, and this server cannot run its policies");
        }
        if (!kind.equals(OPA)) {
            throw Refusal.Invalid.attribute("kind", "must be opa");
        }
    }
}
