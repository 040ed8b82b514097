package io.asyncore.test;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * What a {@link SimulatedNetwork} is like.
 *
 * @param maxLatency the longest time that something is on its way; each piece takes a random part of it
 * @param maxSegment the most bytes that one read or write moves: each moves a random number from 1 to this, but all that
 *     it can if this is {@link Integer#MAX_VALUE}
 * @param window how many bytes one direction of a stream holds that were written and not yet read
 * @param fickle true if the poller names what is ready in any order and not always all of it, comes back for nothing at
 *     times, and sometimes calls something ready that is not, as operating systems do
 */
public record NetworkConditions(Duration maxLatency, int maxSegment, int window, boolean fickle) {

    private static final int[] SEGMENTS = {1, 2, 3, 7, 30, 500, Integer.MAX_VALUE};
    private static final int[] WINDOWS = {1, 2, 10, 100, 3_000, 64 * 1024};
    private static final Duration[] LATENCIES = {
        Duration.ZERO, Duration.ofNanos(10), Duration.ofMillis(1), Duration.ofMillis(50)
    };

    /** No latency, whole reads and writes, 64 KiB on the way at most, and a poller that is exact. */
    public static final NetworkConditions CALM =
            new NetworkConditions(Duration.ZERO, Integer.MAX_VALUE, 64 * 1024, false);

    public NetworkConditions {
        if (maxLatency.isNegative()) {
            throw new IllegalArgumentException("maxLatency must not be negative, but is " + maxLatency);
        }
        if (maxSegment < 1) {
            throw new IllegalArgumentException("maxSegment must be at least 1, not " + maxSegment);
        }
        if (window < 1) {
            throw new IllegalArgumentException("window must be at least 1, not " + window);
        }
    }

    /** Any conditions, from paradise to one byte at a time, as the seed decides. */
    public static NetworkConditions random(long seed) {
        SplittableRandom random = new SplittableRandom(~seed); // not the numbers that the network itself will draw
        return new NetworkConditions(
                LATENCIES[random.nextInt(LATENCIES.length)],
                SEGMENTS[random.nextInt(SEGMENTS.length)],
                WINDOWS[random.nextInt(WINDOWS.length)],
                random.nextBoolean());
    }

    /** The same with another latency. */
    public NetworkConditions withMaxLatency(Duration latency) {
        return new NetworkConditions(latency, maxSegment, window, fickle);
    }

    /** The same with other reads and writes. */
    public NetworkConditions withMaxSegment(int bytes) {
        return new NetworkConditions(maxLatency, bytes, window, fickle);
    }

    /** The same with another window. */
    public NetworkConditions withWindow(int bytes) {
        return new NetworkConditions(maxLatency, maxSegment, bytes, fickle);
    }

    /** The same with another poller. */
    public NetworkConditions withFickle(boolean fickle) {
        return new NetworkConditions(maxLatency, maxSegment, window, fickle);
    }
}
