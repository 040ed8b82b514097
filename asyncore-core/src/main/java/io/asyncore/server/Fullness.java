package io.asyncore.server;

import io.asyncore.EventLoop;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A limit of a server that is reached, or not. Listeners hear of every change; the log has one warning, and one line when there
 * has been room for ten seconds without a break, so that a server at its limit, where each client that leaves makes room for
 * the next, does not fill it. Any thread: whoever has brought the number to its limit, or from it, looks.
 */
final class Fullness {

    /** There must have been room for so long before the log says that it is over. */
    static final Duration QUIET = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(Server.class);

    private final RejectReason limit;
    private final FullnessText text;
    private final BooleanSupplier reached;
    private final ServerListener listeners;
    private final LoopGroup loops;
    private boolean full;
    private boolean told;
    private boolean watched;
    private long toldAt;
    private long roomSince;

    /**
     * Of one limit.
     *
     * @param reached is it, at this moment?
     * @param listeners are told, by one thread at a time
     * @param loops the first has the clock, and the timer that looks whether it is over
     */
    Fullness(
            RejectReason limit, FullnessText text, BooleanSupplier reached, ServerListener listeners, LoopGroup loops) {
        this.limit = limit;
        this.text = text;
        this.reached = reached;
        this.listeners = listeners;
        this.loops = loops;
    }

    /** Who looks last sees what is so, whatever came in between. */
    synchronized void look() {
        boolean now = reached.getAsBoolean();
        if (now != full) {
            full = now;
            if (now) {
                begun();
            } else {
                over();
            }
        }
    }

    private void begun() {
        listeners.onFull(limit);
        if (!told) {
            told = true;
            toldAt = now();
            log.warn(text.warning());
        }
    }

    private void over() {
        listeners.onRoom(limit);
        roomSince = now();
        if (!watched) {
            watch(QUIET);
        }
    }

    private void watch(Duration time) {
        watched = true;
        try {
            EventLoop loop = loops.first();
            loop.execute(() -> loop.callLater(time, this::judge));
        } catch (RejectedExecutionException ends) {
            watched = false; // or has no time for this: the next one that leaves tries again
        }
    }

    private synchronized void judge() {
        watched = false;
        if (full || loops.isEnding()) {
            return; // until there is room again
        }
        Duration left = QUIET.minusNanos(now() - roomSince);
        if (left.isNegative() || left.isZero()) {
            told = false;
            log.info(text.over(Duration.ofNanos(roomSince - toldAt)));
        } else {
            watch(left);
        }
    }

    private long now() {
        return loops.first().clock().getAsLong();
    }
}
