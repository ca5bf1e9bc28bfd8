package io.otfd.notifier;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;

/**
 * Sockets that look at the address they are told to connect to, at that moment: whatever a name has resolved to before, and
 * however the address was written, nothing else is connected.
 */
final class GuardedSockets extends SocketFactory {

    private final PublicAddresses addresses;

    GuardedSockets(PublicAddresses addresses) {
        this.addresses = addresses;
    }

    /** The address is none that may be spoken to. */
    static final class RefusedException extends IOException {
        RefusedException(String message) {
            super(message);
        }
    }

    @Override
    public Socket createSocket() {
        return new Socket() {
            @Override
            public void connect(SocketAddress endpoint, int timeout) throws IOException {
                check(endpoint);
                super.connect(endpoint, timeout);
            }

            @Override
            public void connect(SocketAddress endpoint) throws IOException {
                connect(endpoint, 0);
            }
        };
    }

    private void check(SocketAddress endpoint) throws RefusedException {
        if (!(endpoint instanceof InetSocketAddress target) || target.getAddress() == null) {
            throw new RefusedException("the host has no address");
        }
        if (!addresses.allows(target.getAddress())) {
            throw new RefusedException("the address " + target.getAddress().getHostAddress()
                    + " is not public: the site's administrator can allow private networks with"
                    + " --notification-allow-private");
        }
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return createSocket(InetAddress.getByName(host), port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return createSocket(InetAddress.getByName(host), port, localHost, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        Socket socket = createSocket();
        socket.connect(new InetSocketAddress(host, port));
        return socket;
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        Socket socket = createSocket();
        socket.bind(new InetSocketAddress(localHost, localPort));
        socket.connect(new InetSocketAddress(host, port));
        return socket;
    }
}
