package io.otfd.daemon;

import io.otfd.agent.Agent;
import io.otfd.agent.AgentConfig;
import io.otfd.agent.AgentLog;
import io.otfd.token.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The agent inside the server: the same code as otf-agent, over a listener on the loopback interface. Engines that it
 * started go on when the server stops, and are taken up again by the next one on the same data directory; for that the
 * listener's port stays the same.
 */
final class BuiltInAgent implements AutoCloseable {

    private final Tokens tokens;
    private final String secret;
    private final Agent agent;

    private BuiltInAgent(Tokens tokens, String secret, Agent agent) {
        this.tokens = tokens;
        this.secret = secret;
        this.agent = agent;
    }

    static BuiltInAgent start(Config config, Tokens tokens, int port) {
        String secret = tokens.mintServerToken();
        AgentConfig settings = AgentConfig.of(URI.create("http://127.0.0.1:" + port), secret, dataDir(config))
                .withConcurrency(config.concurrency())
                .withEngineMirror(config.engineMirror())
                .withTofuMirror(config.tofuMirror())
                .withAliases(config.publicHosts());
        AgentLog log = switch (config.logFormat()) {
            case text -> AgentLog.text(System.err);
            case json -> AgentLog.json(System.err);
        };
        Agent agent = new Agent(settings, log);
        agent.start();
        return new BuiltInAgent(tokens, secret, agent);
    }

    private static Path dataDir(Config config) {
        return config.dataDir().resolve("agent");
    }

    /** The port that this data directory's engines know; another one when somebody took it. */
    static int port(Config config) {
        Path file = config.dataDir().resolve("agent-port");
        try {
            if (Files.exists(file)) {
                int port = Integer.parseInt(Files.readString(file).strip());
                if (isFree(port)) {
                    return port;
                }
            }
            try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                Files.writeString(file, Integer.toString(any.getLocalPort()));
                return any.getLocalPort();
            }
        } catch (IOException | NumberFormatException e) {
            throw new UncheckedIOException(new IOException("no port for the server's agent: " + e.getMessage(), e));
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        agent.close();
        tokens.revoke(secret);
    }
}
