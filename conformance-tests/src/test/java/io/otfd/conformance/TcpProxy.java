package io.otfd.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A wire between an agent and a server that speaks plain HTTP. It loses an answer when it is told to: the server has done
 * what was asked, and nobody hears of it.
 */
final class TcpProxy implements AutoCloseable {

    private static final String BAD_GATEWAY = "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n";

    private final ServerSocket listener;
    private final URI target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Loss> loss = new AtomicReference<>();
    private final AtomicInteger lost = new AtomicInteger();

    /** @param replacement what comes in place of the answer; empty for a connection that breaks */
    private record Loss(String request, String answer, Optional<String> replacement) {}

    TcpProxy(URI target) {
        this.target = target;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** The server as it is reached by this wire. */
    Server server(Server behind) {
        return new Server(URI.create("http://localhost:" + listener.getLocalPort()), behind.token(), behind.ca());
    }

    /** Breaks the connection in place of the next answer with this status to a request that begins so. */
    void loseAnswer(String request, int status) {
        loss.set(new Loss(request, "HTTP/1.1 " + status + " ", Optional.empty()));
    }

    /** Says 502 in its place, as a load balancer does that lost its own connection. */
    void replaceAnswer(String request, int status) {
        loss.set(new Loss(request, "HTTP/1.1 " + status + " ", Optional.of(BAD_GATEWAY)));
    }

    void awaitLoss() {
        Eventually.holds("an answer being lost", () -> lost.get() > 0);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target.getPort());
                open.add(client);
                open.add(server);
                AtomicReference<String> asked = new AtomicReference<>("");
                Thread.ofVirtual()
                        .start(() -> pump(client, server, chunk -> {
                            // A client sends the head of a request in one piece, and the next request after the answer.
                            if (chunk.matches("(?s)[A-Z]+ /.*")) {
                                asked.set(chunk);
                            }
                            return Optional.of(chunk);
                        }));
                Thread.ofVirtual().start(() -> pump(server, client, chunk -> answer(asked.get(), chunk)));
            }
        } catch (IOException exception) {
            // Closed.
        }
    }

    private Optional<String> answer(String asked, String chunk) {
        Loss wanted = loss.get();
        boolean concerned = wanted != null && asked.startsWith(wanted.request()) && chunk.startsWith(wanted.answer());
        if (!concerned || !loss.compareAndSet(wanted, null)) {
            return Optional.of(chunk);
        }
        lost.incrementAndGet();
        return wanted.replacement();
    }

    private interface Filter {
        /** Empty to break the connection. Bytes are characters of ISO 8859-1. */
        Optional<String> pass(String chunk);
    }

    private void pump(Socket from, Socket to, Filter filter) {
        byte[] buffer = new byte[1 << 16];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                Optional<String> passed = filter.pass(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
                if (passed.isEmpty()) {
                    return;
                }
                out.write(passed.get().getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
                if (passed.get().equals(BAD_GATEWAY)) {
                    return;
                }
            }
        } catch (IOException exception) {
            // One end went away, and so does the other.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
