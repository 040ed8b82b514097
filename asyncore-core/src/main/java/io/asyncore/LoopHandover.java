package io.asyncore;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * The part of a loop that other threads hand something to: tasks, a wake-up, the request to stop. Any thread, except for
 * what says otherwise.
 */
abstract class LoopHandover extends LoopSettings {

    private static final AtomicInteger STARTED = new AtomicInteger();

    /** Run by the loop's thread. */
    final TaskQueue tasks = new TaskQueue();

    /** Taken back by the loop's thread. */
    volatile boolean stopping;

    private volatile boolean started;

    LoopHandover(Waiter waiter, LongSupplier nanoClock) {
        super(waiter, nanoClock);
    }

    /**
     * Runs a task on the loop's thread, in its next turn; tasks of one thread keep their order. Any thread.
     *
     * @throws java.util.concurrent.RejectedExecutionException if 65,536 tasks wait, or the loop was stopped
     */
    public void execute(Runnable task) {
        tasks.add(task);
        wakeup();
    }

    /** For what the loop has begun itself, and what is bounded by that: it must not get lost when the queue is full. */
    void executeUnbounded(Runnable task) {
        tasks.addUnbounded(task);
        wakeup();
    }

    /** How many tasks wait to be run, those that are taken by now not counted. Any thread. */
    public int pendingTasks() {
        return tasks.size();
    }

    /** Any thread. */
    boolean refusesTasks() {
        return tasks.isClosed();
    }

    boolean hasTasks() {
        return !tasks.isEmpty();
    }

    void refuseTasks() {
        tasks.close();
    }

    /**
     * Ends {@link EventLoop#run} or a started loop after the current callback, or else the next run before its first turn. A
     * callback that polls gets what it polls for until it returns. Who was ready is served, and timers that were due fire,
     * when the loop runs again; a started loop ends its channels with {@link CloseReason#SHUTDOWN}, but first runs the tasks
     * that it has taken. Any thread.
     */
    public void stop() {
        stopping = true;
        wakeup();
    }

    /** Was it told to stop? A poll within a callback goes on even so: that callback waits for what it brings. */
    boolean cutsTurn() {
        return stopping && ownership.depth() == 1;
    }

    /** A thread is about to run it. */
    void beganAsStarted() {
        started = true;
        tasks.open();
        STARTED.incrementAndGet();
    }

    void endedAsStarted() {
        started = false;
        STARTED.decrementAndGet();
    }

    /** True while a started thread runs it. Any thread. */
    public boolean isStarted() {
        return started;
    }

    static boolean anyStarted() {
        return STARTED.get() > 0;
    }

    void wakeup() {
        waiter.wakeup();
    }
}
