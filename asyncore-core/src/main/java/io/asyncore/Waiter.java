package io.asyncore;

import io.asyncore.transport.Poller;
import io.asyncore.transport.ReadySink;
import io.asyncore.transport.TransportProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.LongSupplier;
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

    Waiter(TransportProvider provider) {
        this.provider = provider;
    }

    /** @param nanos for how long at most, asked when a hand-over can no longer be missed */
    void await(LongSupplier nanos, ReadySink ready) {
        Poller open = poller();
        waiting = true;
        try {
            open.poll(nanos.getAsLong(), ready);
        } catch (IOException e) {
            throw new UncheckedIOException("the poller failed", e);
        } finally {
            waiting = false;
        }
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
