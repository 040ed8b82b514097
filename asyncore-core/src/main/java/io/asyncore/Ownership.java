package io.asyncore;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Which thread owns a loop. Nobody does until a thread polls; the outermost poll gives it back. While nobody owns it,
 * any thread may use the loop's channels.
 */
final class Ownership {

    private static final AtomicReferenceFieldUpdater<Ownership, @Nullable Thread> OWNER =
            AtomicReferenceFieldUpdater.newUpdater(Ownership.class, Thread.class, "owner");

    private volatile @Nullable Thread owner;
    private int depth;
    private boolean interrupted;

    boolean isFree() {
        return owner == null;
    }

    boolean isMine() {
        return owner == Thread.currentThread();
    }

    @Nullable Thread owner() {
        return owner;
    }

    /** Gives the loop to a thread that is about to start. */
    void giveTo(Thread thread) {
        if (!OWNER.compareAndSet(this, null, thread)) {
            throw new IllegalStateException("the loop already runs on thread " + nameOf(owner));
        }
    }

    /** Begins a poll, perhaps within another one of this thread; an interrupt that was there before must not cut it short. */
    void enter() {
        if (!isMine()) {
            giveTo(Thread.currentThread());
        }
        if (depth++ == 0) {
            noteInterrupt();
        }
    }

    /** Ends a poll; true if it was the outermost one. */
    boolean leave() {
        return --depth == 0;
    }

    /** Gives the loop back and restores the interrupt that came while it ran. */
    void release() {
        boolean restore = interrupted;
        interrupted = false;
        owner = null;
        if (restore) {
            Thread.currentThread().interrupt();
        }
    }

    /** Left set, the flag would make every further wait return at once: it is kept here until the loop ends. */
    void noteInterrupt() {
        interrupted |= Thread.interrupted();
    }

    int depth() {
        return depth;
    }

    /** Refuses what another thread than the owner must not do. */
    void check() {
        Thread is = owner;
        if (is != null && is != Thread.currentThread()) {
            throw new IllegalStateException(
                    "this belongs to the loop on thread '" + nameOf(is) + "' and was called on '"
                            + Thread.currentThread().getName() + "': hand it over, as with map().loop().execute(...)");
        }
    }

    private static String nameOf(@Nullable Thread thread) {
        return thread == null ? "none" : thread.getName();
    }
}
