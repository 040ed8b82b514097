package io.asyncore;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many bytes the channels of one loop hold, and what is done when it is too much. Confined to the loop's thread,
 * except for what says otherwise.
 */
final class LoopMemory {

    private static final Logger log = LoggerFactory.getLogger(EventLoop.class);
    private static final long BETWEEN_WARNINGS = Duration.ofSeconds(1).toNanos();

    private final EventLoop loop;
    private final AtomicLong onItsWay = new AtomicLong();
    private @Nullable MemoryBudget budget;
    private long held;
    private long heldInput;
    private long mostUnsaid = Long.MAX_VALUE;
    private boolean due;
    private boolean settling;
    private volatile long published;
    private volatile long pendingOutput;
    private boolean warned;
    private long lastWarning;
    private int unmentioned;

    LoopMemory(EventLoop loop) {
        this.loop = loop;
    }

    /** A channel holds so many bytes of output more, or less. */
    void addOutput(long bytes) {
        held += bytes;
        if (held > mostUnsaid) {
            due = true;
        }
    }

    /** The same for input. */
    void addInput(long bytes) {
        heldInput += bytes;
        addOutput(bytes);
    }

    /** Do they hold so much more than it said last that the next callback must wait until it has settled? */
    boolean isDue() {
        return due;
    }

    /** The same for output that another thread hands in. Any thread. */
    void addOnItsWay(long bytes) {
        onItsWay.addAndGet(bytes);
    }

    void shareIn(@Nullable MemoryBudget chosen) {
        MemoryBudget former = budget;
        if (former != null) {
            former.change(-published);
            former.leave(this);
        }
        published = 0;
        mostUnsaid = Long.MAX_VALUE;
        due = false;
        budget = chosen;
        if (chosen != null) {
            chosen.join(this);
            publish(chosen);
        }
    }

    /** What it said last that its channels hold. Any thread. */
    long published() {
        return published;
    }

    /** How much of the channels' output waited when the loop last settled. Any thread. */
    long pendingOutput() {
        return pendingOutput;
    }

    /** Any thread. */
    void wakeup() {
        loop.wakeup();
    }

    /** Nobody turns the loop any more. */
    void publish() {
        publishOutput();
        if (budget != null) {
            publish(budget);
        }
    }

    private void publishOutput() {
        long now = held - heldInput + onItsWay.get();
        if (now != pendingOutput) {
            pendingOutput = now;
        }
    }

    private void publish(MemoryBudget to) {
        long now = held + onItsWay.get();
        if (now != published) {
            to.change(now - published);
            published = now;
        }
        mostUnsaid = held + to.mayGrowUnsaid();
        due = false;
    }

    /**
     * It is due within a turn, and what has just run is the cause. What is queued is written first: a message for many
     * is no reason to close any who take it at once. What is on its way from other threads is no reason before the turn is
     * over: whoever is served first would pay for it.
     */
    void settleAfter(Object cause) {
        if (settling || loop.ownership.depth() == 0 || !isExceeded(onItsWay.get())) {
            return;
        }
        settling = true;
        loop.activity.begin(LoopEvent.OUTPUT, cause);
        try {
            loop.settleAll();
        } finally {
            loop.activity.end(null);
            settling = false;
        }
    }

    /** Says what its channels hold now; true if it is too much without so many bytes. */
    private boolean isExceeded(long without) {
        MemoryBudget shared = budget;
        if (shared == null) {
            return false;
        }
        publish(shared);
        return shared.used() - without > shared.limit();
    }

    /** Says what its channels hold, and ends the largest of them if it is too much; true if some must be told of it. */
    boolean settle() {
        publishOutput();
        MemoryBudget shared = budget;
        return shared != null && isExceeded(0) && shed(shared);
    }

    private boolean shed(MemoryBudget shared) {
        boolean any = false;
        while (shared.isExceeded() && published > shared.equalShare()) {
            Dispatcher largest = loop.map().largest();
            if (largest == null) {
                return any; // the rest is on its way from other threads
            }
            warn(largest, shared);
            largest.shed();
            publish(shared);
            any = true;
        }
        if (shared.isExceeded()) {
            shared.wakeTheLargest();
        }
        return any;
    }

    private void warn(Dispatcher largest, MemoryBudget shared) {
        long now = loop.clockNanos();
        if (warned && now - lastWarning < BETWEEN_WARNINGS) {
            unmentioned++;
            return;
        }
        log.warn(
                "{}: closed, as it holds {} bytes, the most of all, and all channels together hold {} of at most {}{};"
                        + " allow them less by lower limits, or give them more by a larger memory budget",
                largest,
                largest.heldBytes(),
                shared.used(),
                shared.limit(),
                unmentioned == 0 ? "" : " (" + unmentioned + " more since the last warning)");
        warned = true;
        lastWarning = now;
        unmentioned = 0;
    }
}
