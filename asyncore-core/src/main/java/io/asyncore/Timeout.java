package io.asyncore;

/** Which deadline of a channel passed; see {@link Dispatcher#handleTimeout(Timeout)}. */
public enum Timeout {
    /** Nothing arrived for {@link ChannelOptions#idleTimeout()}. */
    IDLE(CloseReason.IDLE_TIMEOUT),
    /** A message was not complete in time, counted from its first byte. */
    MESSAGE(CloseReason.MESSAGE_TIMEOUT),
    /** A TLS handshake that {@code startTls} began was not done in time. */
    HANDSHAKE(CloseReason.HANDSHAKE_TIMEOUT),
    /** Output waited for {@link ChannelOptions#writeStallTimeout()} without the peer taking any of it. */
    WRITE_STALL(CloseReason.WRITE_TIMEOUT);

    private final CloseReason reason;

    Timeout(CloseReason reason) {
        this.reason = reason;
    }

    /** What a channel that ends by this has for its close reason. */
    public CloseReason closeReason() {
        return reason;
    }
}
