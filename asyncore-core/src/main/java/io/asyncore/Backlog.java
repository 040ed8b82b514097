package io.asyncore;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * How many bytes of a channel's output wait, and what that means: too much of it closes the read gate until there is room
 * again, and the channel hears of both. Confined to the loop's thread, except for what says otherwise.
 */
final class Backlog {

    private static final AtomicLongFieldUpdater<Backlog> ELSEWHERE =
            AtomicLongFieldUpdater.newUpdater(Backlog.class, "handedOver");

    private final Dispatcher channel;

    private volatile long queued;
    private volatile long handedOver;
    private volatile boolean below = true;
    private boolean toldAbove;

    Backlog(Dispatcher channel) {
        this.channel = channel;
    }

    // ---- what waits ----

    /** Bytes that wait on the loop. */
    long queued() {
        return queued;
    }

    /** Bytes that wait, those from other threads included. Any thread. */
    int size() {
        return (int) Math.min(Integer.MAX_VALUE, queued + handedOver);
    }

    /** Bytes from other threads that the loop has not seen yet. Any thread. */
    long handedOver() {
        return handedOver;
    }

    /** Other threads have handed in so many more, or the loop has taken them. Any thread. */
    void handedOver(int more, EventLoop loop) {
        ELSEWHERE.addAndGet(this, more);
        loop.memory.addOnItsWay(more);
    }

    /** So much waits on the loop now: the water marks look at it. */
    void queuedIs(long now) {
        countQueued(now);
        if (below && now > channel.options.highWaterMark()) {
            below = false;
            channel.closeGate(Interest.GATE_BACK_PRESSURE);
            channel.addNews(Channel.NEWS_PRESSURE);
        } else if (!below && now <= channel.options.lowWaterMark()) {
            below = true;
            channel.openGate(Interest.GATE_BACK_PRESSURE);
            channel.addNews(Channel.NEWS_PRESSURE);
        }
    }

    /** The same while a write is about to change it again. */
    void countQueued(long now) {
        long before = queued;
        if (now != before) {
            if (channel.isInMap()) {
                channel.loop().memory.addOutput(now - before);
            }
            queued = now;
        }
    }

    // ---- water marks ----

    /** Less than the high mark waits, and it has been at the low mark since it was above. Any thread. */
    boolean isBelowMark() {
        return below && size() <= channel.options.highWaterMark();
    }

    boolean isAboveMark() {
        return queued > channel.options.highWaterMark();
    }

    boolean isAboveLimit() {
        return queued > channel.options.hardLimit();
    }

    /**
     * A mark was crossed, and the channel hears of it now: true if it was the high one. It hears of both in turn, also
     * when it has been back and forth since it was told last.
     */
    boolean takeCrossing() {
        toldAbove = !toldAbove;
        if (toldAbove != below) {
            channel.dropNews(Channel.NEWS_PRESSURE);
        }
        return toldAbove;
    }
}
