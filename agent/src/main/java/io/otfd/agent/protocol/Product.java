package io.otfd.agent.protocol;

import java.util.Optional;

/** An engine that agents can run: they differ in names and in where their releases are. */
public enum Product {
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
    public static Optional<Product> of(String name) {
        return switch (name == null || name.isBlank() ? "terraform" : name) {
            case "terraform" -> Optional.of(TERRAFORM);
            case "tofu" -> Optional.of(TOFU);
            default -> Optional.empty();
        };
    }

    /** Name of the executable. */
    public String program() {
        return program;
    }

    public String title() {
        return title;
    }

    /** First version with ephemeral variables, whose values an apply must be given again. */
    public String ephemeralSince() {
        return ephemeralSince;
    }

    /**
     * Name of a release's archive, as it is published.
     *
     * @param platform such as {@code linux_amd64}
     */
    public String archive(String version, String platform) {
        return program + "_" + version + "_" + platform + ".zip";
    }

    /** Name of the file that has the SHA-256 of each archive of a release, as {@code sha256sum} prints it. */
    public String checksums(String version) {
        return program + "_" + version + "_SHA256SUMS";
    }

    /**
     * Folder of one release, with a slash at its end.
     *
     * @param mirror laid out as where the product is published
     */
    public String folder(String mirror, String version) {
        return switch (this) {
            case TERRAFORM -> mirror + "/terraform/" + version + "/";
            case TOFU -> mirror + "/v" + version + "/";
        };
    }
}
