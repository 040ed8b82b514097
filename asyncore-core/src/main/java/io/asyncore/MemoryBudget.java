package io.asyncore;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes the channels of some loops may hold together: output that waits for peers, and input that waits for the
 * rest of its message, the records of TLS sessions among both. All methods may be called from any thread.
 *
 * <p>Each channel has bounds of its own, but ten thousand channels just below them are more than a heap can bear. Twice a
 * turn, and after each callback by which the rest of the budget may be used up, a loop says how much its channels hold;
 * if that is too much for all loops together, the loops that hold more than an equal share close their largest channels,
 * one after the other, with {@link CloseReason#OVERFLOW}. What is held goes beyond the limit by what one callback queues,
 * which in each channel the hard limit bounds, and by what other threads hand in until the loop gets round to it; where
 * several loops share the budget, also by a sixteenth of it and until the loop that must shed has ended its callback.
 *
 * <pre>{@code
 * loop.setMemoryBudget(MemoryBudget.ofHeap(0.25));
 * }</pre>
 */
public final class MemoryBudget {

    private final long limit;
    private final AtomicLong used = new AtomicLong();
    private final List<LoopMemory> shares = new CopyOnWriteArrayList<>();

    private MemoryBudget(long limit) {
        this.limit = limit;
    }

    /** A budget of so many bytes, at least 1. */
    public static MemoryBudget of(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("a memory budget must be at least 1 byte, not " + bytes);
        }
        return new MemoryBudget(bytes);
    }

    /** This part of the largest heap that the JVM may have, above 0 and at most 1. */
    public static MemoryBudget ofHeap(double fraction) {
        if (!(fraction > 0 && fraction <= 1)) {
            throw new IllegalArgumentException(
                    "a memory budget must be above 0 and at most 1 times the heap, not " + fraction);
        }
        return of(Math.max(1, (long) (Runtime.getRuntime().maxMemory() * fraction)));
    }

    /** What all channels may hold together, in bytes. */
    public long limit() {
        return limit;
    }

    /** What all channels held together when their loops last said so, in bytes. */
    public long used() {
        return used.get();
    }

    void join(LoopMemory share) {
        shares.add(share);
    }

    void leave(LoopMemory share) {
        shares.remove(share);
    }

    void change(long bytes) {
        used.addAndGet(bytes);
    }

    boolean isExceeded() {
        return used.get() > limit;
    }

    /**
     * A loop whose channels hold so much more than it said last must say so: all that is free, but little enough that what
     * all loops together have not said does not matter. More while it is exceeded, when others have to shed.
     */
    long mayGrowUnsaid() {
        long free = limit - used.get();
        long little = equalShare() / 16;
        return free < 0 ? little : Math.min(free, little);
    }

    /** More than this is more than one's share. When the budget is exceeded, somebody has more. */
    long equalShare() {
        return limit / Math.max(1, shares.size());
    }

    /** Whoever has more than its share may be asleep. */
    void wakeTheLargest() {
        long equal = equalShare();
        for (LoopMemory share : shares) {
            if (share.published() > equal) {
                share.wakeup();
            }
        }
    }

    @Override
    public String toString() {
        return "MemoryBudget[" + used() + " of " + limit + " bytes]";
    }
}
