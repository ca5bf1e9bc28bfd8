package io.otfd.agent.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether there is room left where jobs are done. */
final class Disk {

    static final String FULL = "the agent's disk is full";

    /** Less than that is no room for a log or a state. */
    private static final long LEAST_BYTES = 64 << 10;

    private Disk() {}

    /** True for what the operating system says when nothing more can be written (ENOSPC, EDQUOT). */
    static boolean isFull(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.contains("No space left") || message.contains("Disk quota exceeded");
    }

    static boolean isFull(Path place) {
        try {
            return Files.getFileStore(place).getUsableSpace() < LEAST_BYTES;
        } catch (IOException e) {
            return false;
        }
    }

    /** Of a failure that is nobody's but this machine's. */
    static String sentence(IOException failure) {
        return isFull(failure) ? "The agent's disk is full." : "The agent failed: " + failure + ".";
    }
}
