package io.asyncore;

import java.time.Duration;

/**
 * A point in time that moves away whenever something happens, at the price of one store: the timer looks at the stamp
 * when it goes off, and goes to sleep again for what is left.
 */
abstract class Deadline extends TimerNode implements Callbacks.Callback {

    final Dispatcher channel;
    private long stamp;

    Deadline(Dispatcher channel) {
        this.channel = channel;
    }

    /** Of this length, with what is done when it has passed. */
    static Deadline of(Dispatcher channel, Duration length, Callbacks.Callback passed) {
        long nanos = Nanos.of(length);
        return new Deadline(channel) {
            @Override
            long length() {
                return nanos;
            }

            @Override
            public void run(Dispatcher late) throws Exception {
                passed.run(late);
            }
        };
    }

    /** In nanoseconds. */
    abstract long length();

    /** Something happened: the full length counts from this turn. */
    void touch() {
        stamp = channel.loop().now();
    }

    /** From this moment; not for a channel that is closed or in no map, which nothing would disarm. */
    void arm() {
        if (!channel.isInMap()) {
            return;
        }
        stamp = channel.loop().clockNanos();
        channel.loop().timers.add(this, Nanos.after(stamp, length()));
    }

    /** The full length from now, at the price of a store if it is armed already. */
    void startOver() {
        if (isInTimerQueue()) {
            touch();
        } else {
            arm();
        }
    }

    /** It is over, but perhaps not all that counts has been seen: the next turn looks once more. */
    void judgeAgain() {
        channel.loop().timers.add(this, stamp + length());
    }

    /** How long ago it was over; for one that has gone off. */
    long lateness() {
        return channel.loop().now() - (stamp + length());
    }

    /** So much longer, from this turn on, but at most its length. */
    void prolong(long nanos) {
        stamp = channel.loop().now() - length() + Math.min(nanos, length());
        channel.loop().timers.add(this, stamp + length());
    }

    void disarm() {
        channel.loop().timers.remove(this);
    }

    boolean isArmed() {
        return isInTimerQueue();
    }

    private boolean isOver() {
        return stamp + length() - channel.loop().now() <= 0;
    }

    @Override
    void fire() {
        EventLoop loop = channel.loop();
        if (isOver()) {
            loop.timers.add(this, stamp + length()); // not lost if an exception leaves the loop from here
            channel.tryOnce();
            if (!isInTimerQueue() || channel.isEnding() || channel.loop() != loop) {
                return;
            }
            loop.timers.remove(this);
        }
        if (isOver()) {
            loop.callbacks.call(LoopEvent.TIMEOUT, channel, this);
        } else {
            loop.timers.add(this, stamp + length());
        }
    }
}
