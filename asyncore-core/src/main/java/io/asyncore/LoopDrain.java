package io.asyncore;

import java.time.Duration;
import java.util.function.LongSupplier;

/** What the channels of a loop are told that is going to stop. Confined to the loop's thread. */
final class LoopDrain {

    private final LongSupplier clock;
    private boolean underWay;
    private long graceEnd;

    LoopDrain(LongSupplier clock) {
        this.clock = clock;
    }

    /** Tells the channels, but none of them twice; the first time that is over counts. */
    void begin(Duration grace, ChannelMap map) {
        if (grace.isNegative()) {
            throw new IllegalArgumentException("grace must not be negative, but is " + grace);
        }
        long end = Nanos.after(clock.getAsLong(), Nanos.of(grace));
        graceEnd = underWay && graceEnd - end < 0 ? graceEnd : end;
        if (!underWay) {
            underWay = true;
            for (Dispatcher channel : map.channels()) {
                channel.addNews(Channel.NEWS_DRAIN);
            }
        }
    }

    /** The loop starts anew. */
    void end() {
        underWay = false;
    }

    boolean isUnderWay() {
        return underWay;
    }

    Duration graceLeft() {
        return Duration.ofNanos(Math.max(0, graceEnd - clock.getAsLong()));
    }
}
