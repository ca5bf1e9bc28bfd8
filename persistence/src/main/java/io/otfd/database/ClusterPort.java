package io.otfd.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/** A cluster's port, kept from start to start unless somebody else took it. */
final class ClusterPort {

    /** Below the ports that systems hand out to outgoing connections. */
    private static final int FIRST = 15_000;

    private static final int LAST = 32_000;

    private ClusterPort() {}

    static int of(Path file) throws IOException {
        int port = stored(file);
        while (port == 0 || !free(port)) {
            port = RandomGenerator.getDefault().nextInt(FIRST, LAST);
        }
        Files.writeString(file, port + "\n");
        return port;
    }

    static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int stored(Path file) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        try {
            int port = Integer.parseInt(Files.readString(file).strip());
            return port > 0 && port < 65_536 ? port : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
