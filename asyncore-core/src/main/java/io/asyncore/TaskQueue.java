package io.asyncore;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** Work handed in from other threads, in the order of arrival and bounded. Any thread adds, the loop runs. */
final class TaskQueue {

    static final int CAPACITY = 65_536;

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private volatile boolean closed;

    void add(Runnable task) {
        if (closed) {
            throw stopped();
        }
        if (size.incrementAndGet() > CAPACITY) {
            size.decrementAndGet();
            throw new RejectedExecutionException("the loop's task queue is full (" + CAPACITY
                    + " tasks wait): the loop is blocked, or tasks are handed in faster than it runs them");
        }
        tasks.add(task);
        if (closed && tasks.remove(task)) {
            size.decrementAndGet();
            throw stopped(); // meanwhile, perhaps after the last ones were run
        }
    }

    /** Whatever waits already; where the queue is closed it waits for the next run, if there is one. */
    void addUnbounded(Runnable task) {
        size.incrementAndGet();
        tasks.add(task);
    }

    private static RejectedExecutionException stopped() {
        return new RejectedExecutionException("the loop has been stopped and takes no more tasks");
    }

    boolean isEmpty() {
        return tasks.isEmpty();
    }

    int size() {
        return size.get();
    }

    /** Runs what has arrived so far; what these tasks hand in waits for the next turn. */
    void run(Callbacks callbacks) {
        for (int arrived = size.get(); arrived > 0; arrived--) {
            Runnable task = tasks.poll();
            if (task == null) {
                return; // counted, but not yet in the queue
            }
            size.decrementAndGet();
            callbacks.run(LoopEvent.TASK, task);
        }
    }

    /** Takes no more; what is there stays to be run. */
    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    void open() {
        closed = false;
    }
}
