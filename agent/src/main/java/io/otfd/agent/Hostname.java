package io.otfd.agent;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** The name of this machine. */
final class Hostname {

    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

    private Hostname() {}

    /** The kernel is asked first: a resolver may take seconds. */
    static String local() {
        try {
            if (Files.isReadable(KERNEL)) {
                return Files.readString(KERNEL).strip();
            }
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "localhost";
        }
    }
}
