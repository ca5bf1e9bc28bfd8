package io.otfd.job;

import java.time.Duration;

/** How long phases may take. */
public record Timeouts(Duration plan, Duration apply) {

    /** Of Terraform Enterprise (admin general settings). */
    public static final Timeouts DEFAULT = new Timeouts(Duration.ofHours(2), Duration.ofHours(24));
}
