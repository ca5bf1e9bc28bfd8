package io.otfd.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a server and its embedded database have taken of the machine so far (Linux: /proc). */
record ServerLoad(long nanoTime, double serverSeconds, double databaseSeconds, long megabytes) {

    /** Of the kernel's clock, on every Linux that we know. */
    private static final double TICKS_PER_SECOND = 100;

    static ServerLoad of(RunningOtfd otfd) {
        double database = otfd.postmaster().flatMap(ProcessHandle::of).stream()
                .flatMap(postmaster -> Stream.concat(Stream.of(postmaster), postmaster.descendants()))
                .mapToDouble(process -> seconds(process.pid()))
                .sum();
        return new ServerLoad(
                System.nanoTime(), seconds(otfd.pid()), database, new ProcessMemory(otfd.pid()).resident());
    }

    /** Processors that the server was using since then; 1 is one of them all the time. */
    double server(ServerLoad since) {
        return (serverSeconds - since.serverSeconds) / elapsed(since);
    }

    double database(ServerLoad since) {
        return (databaseSeconds - since.databaseSeconds) / elapsed(since);
    }

    private double elapsed(ServerLoad since) {
        return (nanoTime - since.nanoTime) / 1e9;
    }

    /** In user and system mode; 0 for a process that is gone. */
    private static double seconds(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
        } catch (IOException exception) {
            return 0;
        }
    }
}
