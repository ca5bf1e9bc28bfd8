package io.otfd.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Resident memory of a process, in megabytes, as the kernel counts it. */
record ProcessMemory(long pid) {

    long resident() {
        return megabytes("VmRSS:");
    }

    /** The most there was since {@link #forgetPeak}. */
    long peak() {
        return megabytes("VmHWM:");
    }

    void forgetPeak() {
        try {
            Files.writeString(Path.of("/proc", Long.toString(pid), "clear_refs"), "5");
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private long megabytes(String line) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                            .filter(each -> each.startsWith(line))
                            .mapToLong(each -> Long.parseLong(each.replaceAll("\\D", "")))
                            .sum()
                    / 1024;
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
