package io.otfd.notifier;

import java.util.Optional;

/**
 * How e-mail leaves this server.
 *
 * @param from of every mail
 */
public record MailSettings(
        String host,
        int port,
        Encryption encryption,
        Optional<String> username,
        Optional<String> password,
        String from) {

    /** Of the connection to the SMTP server. */
    public enum Encryption {
        /** Begins in clear and must be encrypted before anything is said. */
        starttls,
        /** From the first byte. */
        tls,
        none
    }

    /** The password stays out of logs. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
