package io.asyncore.server;

/**
 * How much output of one connection may wait for a peer that is slower than its handler, in bytes; a value for any thread.
 *
 * @param high above it the connection is not writable, and is not read; [64 KiB]
 * @param low at it or below, both again; [32 KiB]
 * @param limit above it the connection is closed with {@link io.asyncore.CloseReason#OVERFLOW}; [8 MiB]
 */
public record WriteBuffer(int high, int low, int limit) {

    /** What a server has unless it is told otherwise. */
    public static final WriteBuffer DEFAULTS = new WriteBuffer(64 * 1024, 32 * 1024, 8 * 1024 * 1024);

    public WriteBuffer {
        Check.atLeast(0, "writeBuffer.low", low);
        Check.require(high > low, "writeBuffer.high", high, "must be more than writeBuffer.low (" + low + ")");
        Check.require(limit > high, "writeBuffer.limit", limit, "must be more than writeBuffer.high (" + high + ")");
    }
}
