package io.asyncore.server;

/**
 * How much output of one connection may wait for a peer that is slower than its handler, in bytes; a value for any thread.
 *
 * @param high above it the connection is not writable, and is not read; [64 KiB]
 * @param low at it or below, both again; [32 KiB]
 * @param limit above it the connection is closed with {@link io.asyncore.CloseReason#OVERFLOW}, and with a reset; [8 MiB]. What
 *     a single call sends is taken whole if no more than {@code high} waited before it
 */
public record WriteBuffer(int high, int low, int limit) {

    private static final int HIGH = 64 * 1024;
    private static final int LIMIT = 8 * 1024 * 1024;

    /** What a server has unless it is told otherwise. */
    public static final WriteBuffer DEFAULTS = new WriteBuffer(HIGH, 32 * 1024, LIMIT);

    public WriteBuffer {
        Check.atLeast(0, "writeBuffer.low", low);
        checkOrder("writeBuffer.low", low, "writeBuffer.high", high, HIGH);
        checkOrder("writeBuffer.high", high, "writeBuffer.limit", limit, LIMIT);
    }

    /** Blames the larger one only if it is not what everybody has: it was the other that somebody set. */
    private static void checkOrder(String smaller, int less, String larger, int more, int usual) {
        if (more == usual) {
            Check.require(less < more, smaller, less, "must be less than " + larger + " (" + more + ")");
        }
        Check.require(more > less, larger, more, "must be more than " + smaller + " (" + less + ")");
    }
}
