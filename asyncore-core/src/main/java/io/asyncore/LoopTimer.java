package io.asyncore;

/**
 * Something that a loop will do later: what {@code callLater} and {@code callEvery} return. Confined to the loop's
 * thread. Known from pyftpdlib's {@code call_later}.
 */
public interface LoopTimer {

    /** Never mind: it will not run (again). Harmless when it is over already. */
    void cancel();

    /**
     * Starts the full delay anew from now, also when it has already run.
     *
     * @throws IllegalStateException if it was cancelled, or the channel it belongs to is closed
     */
    void reset();

    /** True while it is going to run. */
    boolean isActive();
}
