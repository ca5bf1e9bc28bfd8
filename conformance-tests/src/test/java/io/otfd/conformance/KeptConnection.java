package io.otfd.conformance;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.net.SocketFactory;

/**
 * One connection over which requests follow one another, for load: the JDK's client takes as much of the processor as the
 * server that it measures. Knows answers with Content-Length, and no others.
 */
final class KeptConnection implements AutoCloseable {

    private final Server server;
    private final Socket socket;
    private final InputStream in;

    KeptConnection(Server server) throws IOException {
        this(server, sockets(server), 1 << 16);
    }

    /**
     * One of many connections.
     *
     * @param sockets which they share
     * @param buffer in bytes
     */
    KeptConnection(Server server, SocketFactory sockets, int buffer) throws IOException {
        this.server = server;
        socket = sockets.createSocket(
                server.address().getHost(), server.address().getPort());
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), buffer);
    }

    static SocketFactory sockets(Server server) {
        boolean secure = "https".equals(server.address().getScheme());
        return secure ? server.tls().getSocketFactory() : SocketFactory.getDefault();
    }

    /**
     * What is asked.
     *
     * @param body empty for none
     * @param headers lines beside the usual ones
     */
    record Request(String method, String path, String body, List<String> headers) {

        Request(String method, String path, String body) {
            this(method, path, body, List.of());
        }

        static Request get(String path) {
            return new Request("GET", path, "");
        }

        static Request post(String path, Document document) {
            return new Request("POST", path, document.json());
        }
    }

    record Answer(int status, String body) {}

    /** The status of the answer; its body is read and forgotten. */
    int send(Request request) throws IOException {
        int status = ask(request);
        in.skipNBytes(length(request));
        return status;
    }

    Answer exchange(Request request) throws IOException {
        int status = ask(request);
        return new Answer(status, new String(in.readNBytes((int) length(request)), StandardCharsets.UTF_8));
    }

    private int ask(Request request) throws IOException {
        byte[] body = request.body().getBytes(StandardCharsets.UTF_8);
        String head = String.join(
                "\r\n",
                request.method() + " " + request.path() + " HTTP/1.1",
                "Host: " + server.host(),
                "Authorization: Bearer " + server.token(),
                "Accept: " + Api.JSON_API,
                "Content-Type: " + Api.JSON_API,
                "Content-Length: " + body.length,
                String.join(
                        "",
                        request.headers().stream().map(line -> line + "\r\n").toList()),
                "");
        byte[] bytes = Arrays.copyOf(head.getBytes(StandardCharsets.US_ASCII), head.length() + body.length);
        System.arraycopy(body, 0, bytes, head.length(), body.length);
        socket.getOutputStream().write(bytes);
        return Integer.parseInt(line().split(" ")[1]);
    }

    private long length(Request request) throws IOException {
        long length = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            String header = line.toLowerCase(Locale.ROOT);
            if (header.startsWith("content-length:")) {
                length =
                        Long.parseLong(header.substring(header.indexOf(':') + 1).strip());
            } else if (header.startsWith("transfer-encoding:")) {
                throw new IOException("an answer without Content-Length: " + request.path());
            }
        }
        return length;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
