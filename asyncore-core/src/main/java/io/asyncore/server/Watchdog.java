package io.asyncore.server;

import io.asyncore.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A daemon thread that looks at a server's loops, twice within the time that makes a callback slow or, if that is less, its
 * loop stuck: so every slow callback is seen while it runs, and the report of it has a stack. What does not return at all is
 * reported by this thread itself. Any thread may start and close it, once.
 */
final class Watchdog implements Runnable, LoopGroup.Companion {

    private static final Duration OFTEN_ENOUGH = Duration.ofMillis(1);

    /** It ends at once, unless it waits for a log that takes nothing. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Duration interval;
    private final List<StuckWatch> watches;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);

    /**
     * Nothing is watched before {@link #start()}.
     *
     * @param server its name, for the thread's
     * @param threshold how long a callback may take before it is slow
     * @param stuck how long a callback may take before its loop is called stuck
     */
    Watchdog(String server, List<EventLoop> loops, Duration threshold, Duration stuck) {
        Duration half = half(threshold.compareTo(stuck) < 0 ? threshold : stuck);
        interval = half.compareTo(OFTEN_ENOUGH) < 0 ? OFTEN_ENOUGH : half;
        List<StuckWatch> made = new ArrayList<>();
        for (EventLoop loop : loops) {
            made.add(new StuckWatch(server, loop, half, stuck));
        }
        watches = List.copyOf(made);
        thread = new Thread(this, "asyncore-" + server + "-watchdog");
        thread.setDaemon(true);
    }

    /** By hand: a Duration divides with BigDecimal, for which JDK 25 needs 28 ms when a server starts. */
    private static Duration half(Duration time) {
        return Duration.ofNanos(time.toNanos() / 2);
    }

    void start() {
        thread.start();
    }

    @Override
    public void run() {
        while (!isClosing()) {
            for (StuckWatch watch : watches) {
                watch.look();
            }
        }
    }

    /** Waits until it is time to look again. */
    private boolean isClosing() {
        try {
            return closing.await(interval.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return true; // nobody else knows this thread
        }
    }

    /** Returns when the thread has ended, but after a second at the latest; an interrupt of the caller is kept for later. */
    @Override
    public void close() {
        closing.countDown();
        boolean interrupted = false;
        boolean waiting = thread != Thread.currentThread();
        while (waiting) {
            try {
                thread.join(PATIENCE.toMillis());
                waiting = false;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "Watchdog[" + thread.getName() + ", every " + interval + "]";
    }
}
