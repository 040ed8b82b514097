package io.asyncore.spring.actuate;

import io.asyncore.LoopListener;
import io.asyncore.SlowCallback;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How long the longest callback of late took, of those that were slow: each is kept for a minute at least, and for two at most,
 * so that whoever looks once a minute sees it. Any thread.
 */
final class LongestCallback implements LoopListener {

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier nanoClock;
    private long minuteBegan;
    private long thisMinute;
    private long lastMinute;

    LongestCallback() {
        this(System::nanoTime);
    }

    LongestCallback(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        minuteBegan = nanoClock.getAsLong();
    }

    @Override
    public synchronized void onSlowCallback(SlowCallback report) {
        turnOver();
        thisMinute = Math.max(thisMinute, report.nanos());
    }

    /** In nanoseconds; 0 if none was slow. */
    synchronized long nanos() {
        turnOver();
        return Math.max(thisMinute, lastMinute);
    }

    private void turnOver() {
        long passed = (nanoClock.getAsLong() - minuteBegan) / MINUTE;
        if (passed > 0) {
            lastMinute = passed == 1 ? thisMinute : 0;
            thisMinute = 0;
            minuteBegan += passed * MINUTE;
        }
    }
}
