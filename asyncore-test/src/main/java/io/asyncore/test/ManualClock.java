package io.asyncore.test;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A clock that stands still until it is moved: by a test, or by a {@link SimulatedNetwork} whose poller has nothing else
 * to do. Its reading has any origin, like {@link System#nanoTime()}'s, and may overflow in the middle of a test.
 *
 * <p>Moved by one thread, readable from any.
 */
public final class ManualClock implements LongSupplier {

    private final long start;
    private volatile long now;

    /** A clock that starts at 0. */
    public ManualClock() {
        this(0);
    }

    /** A clock that starts at this reading, in nanoseconds. */
    public ManualClock(long start) {
        this.start = start;
        now = start;
    }

    /** The time in nanoseconds. */
    @Override
    public long getAsLong() {
        return now;
    }

    /** How far it was moved since it was made. */
    public Duration elapsed() {
        return Duration.ofNanos(now - start);
    }

    /**
     * Lets time pass.
     *
     * @throws IllegalArgumentException if the duration is negative
     */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("a clock does not go back, not by " + duration);
        }
        moveTo(now + duration.toNanos());
    }

    /** Moves to a reading that lies ahead; one that has passed changes nothing. */
    void moveTo(long reading) {
        if (reading - now > 0) {
            now = reading;
        }
    }

    @Override
    public String toString() {
        return "ManualClock[" + elapsed() + "]";
    }
}
