package io.otfd.daemon.tls;

/** Certificates cannot be read, made or used. The message is for the user. */
public final class TlsException extends RuntimeException {

    TlsException(String message) {
        super(message);
    }

    TlsException(String message, Throwable cause) {
        super(message, cause);
    }
}
