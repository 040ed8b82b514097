package io.asyncore.server;

import org.jspecify.annotations.Nullable;

/**
 * How much of something a {@link Server} allows; a value for any thread.
 *
 * @param connections how many connections may be open, those under way included; [10,000, or half of the descriptors that
 *     the process may have, if that is less]
 * @param perPeer how many of them one address may have (behind the PROXY protocol: the real client's), or null for no
 *     other limit than {@code connections}; Unix-domain peers have no address; [null]
 * @param acceptsPerTurn how many connections a listener accepts before others get their turn; [64]
 * @param handshakes how many connections may be busy with PROXY header or TLS handshake at once; [1,000]
 * @param frameLength the longest frame of a chat, in bytes; [64 KiB]
 * @param memory how many bytes all channels together may hold, unwritten output and unfinished input; [a quarter of the
 *     heap]
 * @param whenFull what happens to clients that come while {@code connections} or {@code handshakes} is reached; [WAIT]
 * @param farewell what a client is told that is refused, or null for nothing; never sent on a TLS port; [null]
 */
public record Limits(
        int connections,
        @Nullable Integer perPeer,
        int acceptsPerTurn,
        int handshakes,
        int frameLength,
        long memory,
        WhenFull whenFull,
        @Nullable String farewell) {

    /** What happens to clients that come while as many connections are open, or as many handshakes under way, as may be. */
    public enum WhenFull {
        /** They wait in the kernel's queue: the server accepts nobody. */
        WAIT,
        /** They are accepted, told the farewell, and closed. */
        REFUSE
    }

    /** What a server has unless it is told otherwise. */
    public static final Limits DEFAULTS = new Limits(
            Math.min(10_000, Descriptors.limit() / 2),
            null,
            64,
            1000,
            64 * 1024,
            Math.max(1, Runtime.getRuntime().maxMemory() / 4),
            WhenFull.WAIT,
            null);

    public Limits {
        Check.atLeast(1, "limits.connections", connections);
        if (perPeer != null) {
            Check.require(
                    perPeer >= 1 && perPeer <= connections,
                    "limits.perPeer",
                    perPeer,
                    "must be between 1 and limits.connections (" + connections + ")");
        }
        Check.atLeast(1, "limits.acceptsPerTurn", acceptsPerTurn);
        Check.atLeast(1, "limits.handshakes", handshakes);
        Check.atLeast(1, "limits.frameLength", frameLength);
        Check.require(memory >= 1, "limits.memory", memory, "must be at least 1");
        if (farewell != null && whenFull != WhenFull.REFUSE && perPeer == null) {
            throw new IllegalArgumentException("limits.farewell is '" + farewell
                    + "', but no client is ever refused: set limits.whenFull to REFUSE, or limits.perPeer,"
                    + " or leave it out");
        }
    }

    /** The same with another number of connections. */
    public Limits withConnections(int count) {
        return new Limits(count, perPeer, acceptsPerTurn, handshakes, frameLength, memory, whenFull, farewell);
    }

    /** The same with another number of connections of one address; null for no such limit. */
    public Limits withPerPeer(@Nullable Integer count) {
        return new Limits(connections, count, acceptsPerTurn, handshakes, frameLength, memory, whenFull, farewell);
    }

    /** The same with another number of accepts in one turn of the loop. */
    public Limits withAcceptsPerTurn(int count) {
        return new Limits(connections, perPeer, count, handshakes, frameLength, memory, whenFull, farewell);
    }

    /** The same with another number of handshakes at once. */
    public Limits withHandshakes(int count) {
        return new Limits(connections, perPeer, acceptsPerTurn, count, frameLength, memory, whenFull, farewell);
    }

    /** The same with another longest frame, in bytes. */
    public Limits withFrameLength(int bytes) {
        return new Limits(connections, perPeer, acceptsPerTurn, handshakes, bytes, memory, whenFull, farewell);
    }

    /** The same with another bound for what all channels hold, in bytes. */
    public Limits withMemory(long bytes) {
        return new Limits(connections, perPeer, acceptsPerTurn, handshakes, frameLength, bytes, whenFull, farewell);
    }

    /** The same, but who comes while the server is full is told this and closed; null to say nothing. */
    public Limits refusing(@Nullable String farewell) {
        return new Limits(
                connections, perPeer, acceptsPerTurn, handshakes, frameLength, memory, WhenFull.REFUSE, farewell);
    }
}
