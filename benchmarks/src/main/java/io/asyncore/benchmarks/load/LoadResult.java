package io.asyncore.benchmarks.load;

/**
 * What came of a load.
 *
 * @param messages that came back
 * @param nanos in how much time
 * @param serverCpu CPU time of the server's process meanwhile, in nanoseconds
 * @param ownCpu CPU time of the load generator meanwhile, in nanoseconds
 * @param latency from when a message (or, where connections come and go, its connect) was due until it was back
 */
public record LoadResult(long messages, long nanos, long serverCpu, long ownCpu, Latency latency) {

    /** Messages per second. */
    public double rate() {
        return messages * 1e9 / nanos;
    }

    /** CPU time of the server per message, in microseconds. */
    public double serverMicros() {
        return messages == 0 ? 0 : serverCpu / 1e3 / messages;
    }

    /** How busy the load generator was; near 1, it is the limit and not the server. */
    public double ownShare() {
        return (double) ownCpu / nanos;
    }
}
