package io.asyncore;

import java.util.ArrayDeque;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.Executor;

/** Runs what it was given when a test says so, on a thread of its own each. */
final class ManualExecutor implements Executor {

    private final Queue<Runnable> waiting = new ArrayDeque<>();

    @Override
    public void execute(Runnable work) {
        waiting.add(work);
    }

    int waiting() {
        return waiting.size();
    }

    /** The one that has waited longest; it is done when this returns. */
    void runNext() {
        Runnable work = waiting.remove();
        Thread thread = new Thread(work, "worker");
        thread.start();
        try {
            thread.join(20_000);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        if (thread.isAlive()) {
            throw new AssertionError("the work does not end");
        }
    }

    /** The one that came last. */
    void runLast() {
        if (waiting.isEmpty()) {
            throw new NoSuchElementException("no work waits");
        }
        for (int others = waiting.size() - 1; others > 0; others--) {
            waiting.add(waiting.remove());
        }
        runNext();
    }
}
