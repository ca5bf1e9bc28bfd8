package io.otfd.agent.job;

import java.util.Optional;

/** An engine that this agent can run: they differ in names and in where their releases are. */
enum Product {
    TERRAFORM("terraform", "Terraform", "1.10.0"),
    TOFU("tofu", "OpenTofu", "1.11.0");

    private final String program;
    private final String title;
    private final String ephemeralSince;

    Product(String program, String title, String ephemeralSince) {
        this.program = program;
        this.title = title;
        this.ephemeralSince = ephemeralSince;
    }

    /** @param name as jobs call it; null is Terraform */
    static Optional<Product> of(String name) {
        return switch (name == null || name.isBlank() ? "terraform" : name) {
            case "terraform" -> Optional.of(TERRAFORM);
            case "tofu" -> Optional.of(TOFU);
            default -> Optional.empty();
        };
    }

    /** Name of the executable. */
    String program() {
        return program;
    }

    String title() {
        return title;
    }

    /** First version with ephemeral variables, whose values an apply must be given again. */
    String ephemeralSince() {
        return ephemeralSince;
    }

    /**
     * Folder of one release, with a slash at its end.
     *
     * @param mirror laid out as where the product is published
     */
    String folder(String mirror, String version) {
        return switch (this) {
            case TERRAFORM -> mirror + "/terraform/" + version + "/";
            case TOFU -> mirror + "/v" + version + "/";
        };
    }
}
