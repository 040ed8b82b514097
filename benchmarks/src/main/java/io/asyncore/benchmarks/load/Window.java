package io.asyncore.benchmarks.load;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.LongSupplier;

/** The time in which is counted what comes back: it opens after a warm-up. Confined to the load generator's thread. */
final class Window {

    private final LongSupplier serverCpu;
    private final long opensAt;
    private final long endsAt;
    private final Latency latency = new Latency();
    private boolean open;
    private long openedAt;
    private long serverCpuBefore;
    private long ownCpuBefore;
    private long messages;

    /** @param serverCpu the CPU time that the server has used so far, in nanoseconds */
    Window(Duration warmUp, Duration measured, LongSupplier serverCpu) {
        this.serverCpu = serverCpu;
        opensAt = System.nanoTime() + warmUp.toNanos();
        endsAt = opensAt + measured.toNanos();
    }

    /** To be called again and again; false when the time is over. */
    boolean goesOn() {
        long now = System.nanoTime();
        if (!open && now - opensAt >= 0) {
            open = true;
            openedAt = now;
            serverCpuBefore = serverCpu.getAsLong();
            ownCpuBefore = ownCpu();
        }
        return now - endsAt < 0;
    }

    /** A message is back. */
    void count(long nanos) {
        if (open) {
            messages++;
            latency.add(nanos);
        }
    }

    LoadResult result() {
        long nanos = Math.max(1, System.nanoTime() - openedAt);
        return new LoadResult(
                messages, nanos, serverCpu.getAsLong() - serverCpuBefore, ownCpu() - ownCpuBefore, latency);
    }

    private static long ownCpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
