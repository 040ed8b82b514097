package io.asyncore.chat;

import java.net.ProtocolException;

/** A peer's prefix that says no length: its own doing, so that a stack tells nothing. */
final class BadPrefix extends ProtocolException {

    private static final long serialVersionUID = 1L;

    BadPrefix(String message) {
        super(message);
    }
}
