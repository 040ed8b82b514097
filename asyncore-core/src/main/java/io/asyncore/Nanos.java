package io.asyncore;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Durations as nanoseconds; what does not fit (292 years) is as good as for ever. And the clock that counts them. */
final class Nanos implements LongSupplier {

    /** The time that runs by itself. No method reference, as that is a class more to make when a server starts. */
    static final LongSupplier CLOCK = new Nanos();

    private Nanos() {}

    @Override
    public long getAsLong() {
        return System.nanoTime();
    }

    static long of(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException tooLong) {
            return duration.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    /** A point in time, kept within what a comparison by subtraction can bear. */
    static long after(long now, long delay) {
        return now + Math.min(delay, Long.MAX_VALUE / 2);
    }
}
