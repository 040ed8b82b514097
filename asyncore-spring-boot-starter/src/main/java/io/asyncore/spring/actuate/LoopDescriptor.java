package io.asyncore.spring.actuate;

import io.asyncore.EventLoop;

/**
 * What the endpoint says of one loop. Durations as ISO 8601 has them, such as {@code PT0.0015S}.
 *
 * @param channels how many it serves, listeners included
 * @param lag how long it worked before it could look again who is ready
 * @param busy how long the callback has been running that runs now
 * @param pendingTasks how many tasks wait to be run
 * @param pendingOutput bytes of output that wait to be written
 * @param offloads pieces of off-loop work that are not done yet
 */
public record LoopDescriptor(
        int channels, String lag, String busy, int pendingTasks, long pendingOutput, int offloads) {

    static LoopDescriptor of(EventLoop loop) {
        return new LoopDescriptor(
                loop.map().size(),
                Lag.duration(Lag.nanos(loop)).toString(),
                Lag.duration(loop.busyNanos()).toString(),
                loop.pendingTasks(),
                loop.pendingOutput(),
                loop.offloadsUnderWay());
    }
}
