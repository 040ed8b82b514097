package io.asyncore.server;

import io.asyncore.EventLoop;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A limit of a server that is reached, or not. Listeners hear of every change; the log has one warning, and one line when there
 * has been room for ten seconds without a break, so that a server at its limit, where each client that leaves makes room for
 * the next, does not fill it. Any thread: whoever has brought the number to its limit, or from it, looks. Listeners are told
 * while the others wait, as what they hear has an order; the log, which may block, is written to when nobody waits.
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
    void look() {
        if (hasNewsForLog()) {
            log.warn(text.warning());
        }
    }

    private synchronized boolean hasNewsForLog() {
        boolean now = reached.getAsBoolean();
        boolean changed = now != full;
        full = now;
        if (changed && !now) {
            over();
        }
        return changed && now && begun();
    }

    private boolean begun() {
        listeners.onFull(limit);
        if (told) {
            return false;
        }
        told = true;
        toldAt = now();
        return true;
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

    private void judge() {
        Duration lasted = whenOver();
        if (lasted != null) {
            log.info(text.over(lasted));
        }
    }

    /** How long it was at its limit, or null while that is not over. */
    private synchronized @Nullable Duration whenOver() {
        watched = false;
        if (full || loops.isEnding()) {
            return null; // until there is room again
        }
        Duration left = QUIET.minusNanos(now() - roomSince);
        if (!left.isNegative() && !left.isZero()) {
            watch(left);
            return null;
        }
        told = false;
        return Duration.ofNanos(roomSince - toldAt);
    }

    private long now() {
        return loops.first().clock().getAsLong();
    }
}
