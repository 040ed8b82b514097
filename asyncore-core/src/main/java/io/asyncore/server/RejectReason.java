package io.asyncore.server;

/** Why a connection was closed before a handler had it; see {@link ServerListener#onRejected}. */
public enum RejectReason {
    /** As many connections are open as there may be. */
    FULL,
    /** As many connections of the same address are open as there may be. */
    PEER_LIMIT,
    /** The address filters do not let it in. */
    FILTER,
    /** As many connections as there may be are in the middle of their PROXY header or TLS handshake. */
    HANDSHAKES,
    /** There was no well-formed PROXY header from a trusted source, or not in time. */
    PROXY,
    /** The TLS handshake failed, or was not done in time. */
    TLS,
    /** No handler could be made for it. */
    HANDLER,
    /** The server shuts down. */
    SHUTDOWN;

    /** Might the same client be let in when others have left? */
    boolean isForNow() {
        return this == FULL || this == PEER_LIMIT || this == HANDSHAKES;
    }
}
