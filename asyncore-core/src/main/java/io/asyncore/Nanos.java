package io.asyncore;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Durations as nanoseconds; what does not fit (292 years) is as good as for ever. */
final class Nanos {

    /** The time that runs by itself; in one place, as each method reference makes a class. */
    static final LongSupplier CLOCK = System::nanoTime;

    private Nanos() {}

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
