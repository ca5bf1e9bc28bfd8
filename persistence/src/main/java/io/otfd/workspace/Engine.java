package io.otfd.workspace;

import io.otfd.Refusal;
import java.util.Arrays;
import java.util.Locale;

/** What executes a workspace's runs. HCP Terraform knows one only. */
public enum Engine {
    TERRAFORM("Terraform"),
    TOFU("OpenTofu");

    private final String title;

    Engine(String title) {
        this.title = title;
    }

    /** For people. */
    public String title() {
        return title;
    }

    /** Wire name, and that of the program. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws Refusal.Invalid for a name that is none */
    public static Engine of(String text) {
        return Arrays.stream(values())
                .filter(engine -> engine.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> Refusal.Invalid.at(
                        "/data/attributes/otf-engine", "Engine must be terraform or tofu, not " + text));
    }
}
