package io.otfd.agent;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Whom the agent believes, and who it is, by certificates.
 *
 * @param caFile PEM certificates that agent and engine trust besides the system's
 * @param clientCert PEM chain that the agent shows, the agent's own first
 * @param clientKey PEM private key to it, PKCS #8 (PKCS #1 is not read)
 * @param serverName expected in the server's certificate instead of the address's host
 */
public record Tls(
        Optional<Path> caFile, Optional<Path> clientCert, Optional<Path> clientKey, Optional<String> serverName) {

    /** The system's certificates and no own. */
    public static final Tls SYSTEM = new Tls(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public Tls {
        if (clientCert.isPresent() != clientKey.isPresent()) {
            throw new IllegalArgumentException("A client certificate and its key belong together");
        }
        caFile = caFile.map(file -> file.toAbsolutePath().normalize());
    }
}
