package io.asyncore;

import io.asyncore.transport.Poller;
import io.asyncore.transport.ReadySink;
import io.asyncore.transport.TransportProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The poller of a loop and the waiting on it. Other threads may only {@link #wakeup()}.
 *
 * <p>A thread that hands something over first stores it and then looks whether the loop waits; the loop first says that it
 * waits and then looks whether something was handed over. One of the two always sees the other.
 */
final class Waiter {

    private static final Logger log = LoggerFactory.getLogger(EventLoop.class);

    private final TransportProvider provider;
    private volatile @Nullable Poller poller;
    private volatile boolean waiting;

    private long busyNanos;

    Waiter(TransportProvider provider) {
        this.provider = provider;
    }

    /** For so long it looks again and again before it lets the thread sleep; 0 not at all. */
    void setBusyPoll(long nanos) {
        busyNanos = nanos;
    }

    /** As long as the loop {@linkplain EventLoop#mayWait may}, which is asked when a hand-over can no longer be missed. */
    void await(EventLoop loop, long now, long longest, ReadySink ready) {
        Poller open = poller();
        try {
            long spent = busyNanos > 0 ? busyPoll(open, loop, now, longest, ready) : 0;
            waiting = true;
            open.poll(Math.max(0, loop.mayWait(now, longest) - spent), ready);
        } catch (IOException e) {
            throw new UncheckedIOException("the poller failed", e);
        } finally {
            waiting = false;
        }
    }

    /** Returns how long that took. */
    private long busyPoll(Poller open, EventLoop loop, long now, long longest, ReadySink ready) throws IOException {
        long begun = loop.clockNanos();
        long spent = 0;
        while (spent < Math.min(busyNanos, loop.mayWait(now, longest))) {
            open.poll(0, ready);
            Thread.onSpinWait();
            spent = loop.clockNanos() - begun;
        }
        return spent;
    }

    /** Any thread. */
    void wakeup() {
        if (waiting) {
            Poller open = poller;
            if (open != null) {
                open.wakeup();
            }
        }
    }

    /** Opened when it is first needed. */
    Poller poller() {
        Poller open = poller;
        if (open == null) {
            try {
                open = provider.openPoller();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot open a poller", e);
            }
            poller = open;
        }
        return open;
    }

    /** @param forGood nothing is left to be watched: the poller goes too */
    void completeCloses(boolean forGood) {
        Poller open = poller;
        if (open == null) {
            return;
        }
        try {
            open.completeCloses();
            if (forGood) {
                poller = null;
                open.close();
            }
        } catch (IOException e) {
            log.warn("completing closes failed", e);
        }
    }
}
