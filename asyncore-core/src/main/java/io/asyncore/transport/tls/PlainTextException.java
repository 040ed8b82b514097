package io.asyncore.transport.tls;

import javax.net.ssl.SSLException;

/** The peer speaks, but not TLS: its first bytes are no TLS record. The handshake has failed with them. */
public final class PlainTextException extends SSLException {

    private static final long serialVersionUID = 1;

    PlainTextException(String message) {
        super(message);
    }
}
