package io.asyncore.server;

import java.time.Duration;

/**
 * How long something may take; a value for any thread. Input that is there when a time is over is looked at first.
 *
 * @param idle how long a connection may send nothing; [5 min]
 * @param message how long a chat's frame may take from its first byte to its last; [30 s]
 * @param writeStall how long output may wait while the peer takes none of it; [30 s]. What the kernel's buffer takes
 *     counts as taken, and as that buffer may grow, a peer that reads nothing ends after one to three times this time
 * @param handshake how long a TLS handshake may take; [10 s]
 * @param proxyHeader how long the header of the PROXY protocol may take; [5 s]
 * @param connect how long a connection may take that a handler makes to somewhere else; [10 s]
 */
public record Timeouts(
        Duration idle,
        Duration message,
        Duration writeStall,
        Duration handshake,
        Duration proxyHeader,
        Duration connect) {

    /** What a server has unless it is told otherwise. */
    public static final Timeouts DEFAULTS = new Timeouts(
            Duration.ofMinutes(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10));

    public Timeouts {
        Check.positive("timeouts.idle", idle);
        Check.positive("timeouts.message", message);
        Check.positive("timeouts.writeStall", writeStall);
        Check.positive("timeouts.handshake", handshake);
        Check.positive("timeouts.proxyHeader", proxyHeader);
        Check.positive("timeouts.connect", connect);
    }

    /** The same with another time without input. */
    public Timeouts withIdle(Duration time) {
        return new Timeouts(time, message, writeStall, handshake, proxyHeader, connect);
    }

    /** The same with another time for a frame. */
    public Timeouts withMessage(Duration time) {
        return new Timeouts(idle, time, writeStall, handshake, proxyHeader, connect);
    }

    /** The same with another time for output that waits. */
    public Timeouts withWriteStall(Duration time) {
        return new Timeouts(idle, message, time, handshake, proxyHeader, connect);
    }

    /** The same with another time for a TLS handshake. */
    public Timeouts withHandshake(Duration time) {
        return new Timeouts(idle, message, writeStall, time, proxyHeader, connect);
    }

    /** The same with another time for a PROXY header. */
    public Timeouts withProxyHeader(Duration time) {
        return new Timeouts(idle, message, writeStall, handshake, time, connect);
    }

    /** The same with another time for connections to somewhere else. */
    public Timeouts withConnect(Duration time) {
        return new Timeouts(idle, message, writeStall, handshake, proxyHeader, time);
    }
}
