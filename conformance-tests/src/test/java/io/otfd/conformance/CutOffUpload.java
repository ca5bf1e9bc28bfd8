package io.otfd.conformance;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocket;

/** A PUT that announces more than it sends. */
final class CutOffUpload {

    private static final int PATIENCE_MILLIS = 20_000;

    private CutOffUpload() {}

    /**
     * Sends the bytes and nothing more.
     *
     * @param announced Content-Length
     * @return the answer's first line, or nothing when the connection was closed without
     */
    static String send(Server server, String url, long announced, byte[] bytes) throws IOException {
        URI address = URI.create(url);
        SocketFactory factory =
                address.getScheme().equals("https") ? server.tls().getSocketFactory() : SocketFactory.getDefault();
        try (Socket socket = factory.createSocket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            String head = "PUT " + address.getRawPath() + " HTTP/1.1\r\nHost: " + address.getAuthority()
                    + "\r\nContent-Type: application/octet-stream\r\nContent-Length: " + announced + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            if (socket instanceof SSLSocket secure) {
                secure.shutdownOutput();
            } else {
                socket.shutdownOutput();
            }
            byte[] answer = socket.getInputStream().readNBytes(512);
            return new String(answer, StandardCharsets.US_ASCII)
                    .lines()
                    .findFirst()
                    .orElse("");
        }
    }
}
