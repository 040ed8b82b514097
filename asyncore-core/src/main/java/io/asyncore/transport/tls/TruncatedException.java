package io.asyncore.transport.tls;

import java.io.EOFException;

/**
 * The connection under a TLS session ended without the peer saying so with a {@code close_notify}: somebody may have cut it,
 * and what arrived may be only the beginning of what was sent.
 */
public final class TruncatedException extends EOFException {

    private static final long serialVersionUID = 1;

    TruncatedException(String message) {
        super(message);
    }
}
