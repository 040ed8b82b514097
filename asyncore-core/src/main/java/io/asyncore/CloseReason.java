package io.asyncore;

/**
 * Why a channel came to its end; see {@link Dispatcher#closeReason()}.
 *
 * <p>Where this side ends a channel that would have gone on, by a time-out, {@link #OVERFLOW}, {@link #ERROR} or {@link
 * #SHUTDOWN}, while some of its output waits, that is dropped, and a TCP peer sees a reset: what was cut off must not look
 * complete. After {@link #LOCAL} it sees an end, as in Python, whatever was dropped.
 */
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
    /** A callback threw; if it was a source of output, the peer sees a reset even if nothing waits. */
    ERROR,
    /** The loop or its server was stopped; of a server that shuts down, only when the time to finish was over. */
    SHUTDOWN;

    // a switch would be a class more, and the first channel that ends may do so when no descriptor is left to load it
    // by

    /** Would it have gone on but for this, so that output which still waits is cut off, and must not look complete? */
    boolean cutsOff() {
        return isLimit() || this == ERROR || this == SHUTDOWN;
    }

    private boolean isLimit() {
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
