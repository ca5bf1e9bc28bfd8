package io.otfd.agent.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How often Linux has killed a process because memory ran out, in a container's limit or altogether. */
final class OomKills {

    private static final String COUNTER = "oom_kill ";

    private final Path vmstat;
    private final long before;

    /** Counts from now on. */
    OomKills() {
        this(Path.of("/proc/vmstat"));
    }

    OomKills(Path vmstat) {
        this.vmstat = vmstat;
        this.before = count();
    }

    boolean happened() {
        return count() > before;
    }

    /** 0 where nobody counts. */
    private long count() {
        try {
            return Files.readAllLines(vmstat).stream()
                    .filter(line -> line.startsWith(COUNTER))
                    .mapToLong(line ->
                            Long.parseLong(line.substring(COUNTER.length()).strip()))
                    .findFirst()
                    .orElse(0);
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }
}
