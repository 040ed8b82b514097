package io.asyncore;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The part of a loop that knows what time it is, what is due when, and until when all must be over. Confined to the
 * loop's thread.
 */
abstract class LoopTimers extends LoopHandover {

    final TimerQueue timers = new TimerQueue();

    final LoopDrain drain;

    /** When this turn began or woke up. */
    long now;

    LoopTimers(Waiter waiter, LongSupplier nanoClock) {
        super(waiter, nanoClock);
        drain = new LoopDrain(nanoClock);
        now = activity.lastChange();
    }

    /** Calls once, after the delay. pyftpdlib's {@code call_later}. */
    public LoopTimer callLater(Duration delay, Runnable call) {
        return schedule(null, delay, call, false);
    }

    /** Calls again and again, one period apart, the first time after one period. pyftpdlib's {@code call_every}. */
    public LoopTimer callEvery(Duration period, Runnable call) {
        return schedule(null, period, call, true);
    }

    LoopTimer schedule(@Nullable Dispatcher channel, Duration delay, Runnable call, boolean repeats) {
        ownership.check();
        if (delay.isNegative() || (repeats && delay.isZero())) {
            throw new IllegalArgumentException("a timer needs a delay, not " + delay);
        }
        ScheduledCall timer = new ScheduledCall(self(), channel, call, Nanos.of(delay), repeats);
        timer.arm();
        return timer;
    }

    /** What is due now, but not what is added meanwhile: that waits for the next turn, as the rest does after a stop. */
    void fireDue() {
        long newFrom = timers.added();
        while (!cutsTurn() && timers.fireNext(now, newFrom)) {
            // and the next one
        }
    }

    /** The time at which this turn woke up: good enough for deadlines, and no clock is read for it. */
    long now() {
        return now;
    }

    /** The same, but for what happens while nobody polls. */
    long stamp() {
        return ownership.depth() == 0 ? clockNanos() : now;
    }

    /**
     * Tells every channel but those that listen, and every one that joins later, that the loop is going to stop:
     * {@link Dispatcher#handleDrain}, after the callback in progress. Who stops it, and when, is up to the caller. Called
     * again, it tells nobody anew.
     *
     * @param grace how long the channels may take
     */
    public void drain(Duration grace) {
        ownership.check();
        drain.begin(grace, self().map());
    }

    boolean isDraining() {
        return drain.isUnderWay();
    }

    Duration graceLeft() {
        return drain.graceLeft();
    }
}
