package io.asyncore;

/**
 * A point in time that moves away whenever something happens, at the price of one store: the timer looks at the stamp
 * when it goes off, and goes to sleep again for what is left.
 */
final class Deadline extends TimerNode {

    private final Dispatcher channel;
    private final Callbacks.Callback passed;
    private final long length;
    private long stamp;

    Deadline(Dispatcher channel, long lengthNanos, Callbacks.Callback passed) {
        this.channel = channel;
        this.length = lengthNanos;
        this.passed = passed;
    }

    /** Something happened: the full length counts from this turn. */
    void touch() {
        stamp = channel.loop().now();
    }

    /** From this moment. */
    void arm() {
        stamp = channel.loop().clockNanos();
        channel.loop().timers.add(this, Nanos.after(stamp, length));
    }

    /** The full length from now, at the price of a store if it is armed already. */
    void startOver() {
        if (isQueued()) {
            touch();
        } else {
            arm();
        }
    }

    void disarm() {
        channel.loop().timers.remove(this);
    }

    private boolean isOver() {
        return stamp + length - channel.loop().now() <= 0;
    }

    @Override
    void fire() {
        if (isOver()) {
            // the process may have been stopped for a while: what has arrived meanwhile counts
            channel.loop().serveWhatIsThere();
        }
        if (channel.isEnding() || isQueued()) {
            return;
        }
        if (isOver()) {
            channel.loop().callbacks.call(channel, passed);
        } else {
            channel.loop().timers.add(this, stamp + length);
        }
    }
}
