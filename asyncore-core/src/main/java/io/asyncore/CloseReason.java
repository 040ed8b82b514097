package io.asyncore;

/** Why a channel came to its end; see {@link Dispatcher#closeReason()}. */
public enum CloseReason {
    /** The peer ended its output. */
    PEER,
    /** The connection was lost: reset by the peer or broken on the way. */
    RESET,
    /** This side asked for it: {@code close()}, {@code abort()} or {@code closeWhenDone()}. */
    LOCAL,
    /** The connection could not be made. */
    CONNECT_FAILED,
    /** The connection was not made in time. */
    CONNECT_TIMEOUT,
    /** Nothing arrived for too long. */
    IDLE_TIMEOUT,
    /** A message that had begun was not complete in time. */
    MESSAGE_TIMEOUT,
    /** Output waited too long for a peer that took none of it. */
    WRITE_TIMEOUT,
    /** The TLS handshake was not done in time. */
    HANDSHAKE_TIMEOUT,
    /** The TLS handshake failed, or what the peer sent was no TLS. */
    TLS_FAILED,
    /** A TLS connection ended without the peer saying so: what arrived may be only the beginning of what was sent. */
    TRUNCATED,
    /** There was no well-formed PROXY header from a trusted source, or not in time. */
    PROXY_FAILED,
    /** A limit was exceeded: too much unwritten output (the peer sees a reset, as some of it is lost), or too long a frame. */
    OVERFLOW,
    /** A callback threw. */
    ERROR,
    /** The loop or its server was stopped. */
    SHUTDOWN;

    // a switch would be a class more, and the first channel that ends may do so when no descriptor is left to load it
    // by

    /** Did this side give up on the peer, so that output which still waits is cut off? */
    boolean isLimit() {
        return this == IDLE_TIMEOUT
                || this == MESSAGE_TIMEOUT
                || this == WRITE_TIMEOUT
                || this == HANDSHAKE_TIMEOUT
                || this == OVERFLOW;
    }

    /** Has this side given up on this one connection, which neither its peer nor its handler has ended? */
    boolean isOurs() {
        return isLimit() || this == CONNECT_TIMEOUT || this == TLS_FAILED || this == PROXY_FAILED || this == ERROR;
    }
}
