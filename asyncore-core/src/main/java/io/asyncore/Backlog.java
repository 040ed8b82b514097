package io.asyncore;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The part of a queueing dispatcher that says how many bytes of its output wait, and what that means: too much of it closes
 * the read gate until there is room again, and the channel hears of both. Confined to the loop's thread, except for what
 * says otherwise.
 */
abstract class Backlog extends Dispatcher {

    private static final AtomicReferenceFieldUpdater<Backlog, @Nullable Elsewhere> ELSEWHERE =
            AtomicReferenceFieldUpdater.newUpdater(Backlog.class, Elsewhere.class, "elsewhere");
    private static final AtomicLongFieldUpdater<Backlog> QUEUED =
            AtomicLongFieldUpdater.newUpdater(Backlog.class, "queued");

    private volatile @Nullable Elsewhere elsewhere;

    /** Written by ordered stores, which cost no more than plain ones. */
    private volatile long queued;

    private volatile boolean above;
    private boolean toldAbove;

    Backlog(ChannelMap map) {
        super(map);
    }

    // ---- other threads ----

    /** Any thread. */
    final @Nullable Elsewhere elsewhereIfAny() {
        return elsewhere;
    }

    /** Made if there is none. Any thread. */
    final Elsewhere elsewhere() {
        Elsewhere known = elsewhere;
        while (known == null) {
            ELSEWHERE.compareAndSet(this, null, new Elsewhere());
            known = elsewhere;
        }
        return known;
    }

    /** Bytes from other threads that the loop has not seen yet. Any thread. */
    final long handedOver() {
        Elsewhere known = elsewhere;
        return known == null ? 0 : known.handedOver.get();
    }

    /** Other threads have handed in so many more, or the loop has taken them. Any thread. */
    final void handedOver(int more, EventLoop loop) {
        elsewhere().handedOver.addAndGet(more);
        loop.memory.addOnItsWay(more);
    }

    /** Is there output of other threads that the loop has not seen yet? */
    final boolean hasOutputOnItsWay() {
        return handedOver() > 0;
    }

    // ---- what waits ----

    /** Queued by the callback that runs and not counted yet. On the loop's thread. */
    abstract long uncounted();

    /** How many bytes of output its loop keeps. */
    @Override
    final long queuedBytes() {
        return queued;
    }

    /** Any thread. */
    @Override
    final long pendingOutput() {
        long mine = loop().inLoop() ? uncounted() : 0;
        return Math.min(Integer.MAX_VALUE, queued + mine + handedOver());
    }

    /** So much waits on the loop now: the water marks look at it. */
    final void queuedIs(long now) {
        countQueued(now);
        if (!above && now > options.highWaterMark()) {
            above = true;
            closeGate(Interest.GATE_BACK_PRESSURE);
            addNews(Channel.NEWS_PRESSURE);
        } else if (above && now <= options.lowWaterMark()) {
            above = false;
            openGate(Interest.GATE_BACK_PRESSURE);
            addNews(Channel.NEWS_PRESSURE);
        }
    }

    /** The same while a write is about to change it again. */
    final void countQueued(long now) {
        long before = queued;
        if (now != before) {
            if (isInMap()) {
                loop().memory.addOutput(now - before);
            }
            QUEUED.lazySet(this, now);
        }
    }

    // ---- water marks ----

    /** Less than the high mark waits, and it has been at the low mark since it was above. Any thread. */
    final boolean isBelowMark() {
        return !above && pendingOutput() <= options.highWaterMark();
    }

    final boolean isAboveMark() {
        return queued > options.highWaterMark();
    }

    final boolean isAboveLimit() {
        return queued > options.hardLimit();
    }

    /**
     * A mark was crossed, and the channel hears of it now: true if it was the high one. It hears of both in turn, also
     * when it has been back and forth since it was told last.
     */
    final boolean takeCrossing() {
        toldAbove = !toldAbove;
        if (toldAbove == above) {
            dropNews(Channel.NEWS_PRESSURE);
        }
        return toldAbove;
    }
}
