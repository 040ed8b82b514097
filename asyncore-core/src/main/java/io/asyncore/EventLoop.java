package io.asyncore;

import io.asyncore.transport.Poller;
import io.asyncore.transport.Transport;
import io.asyncore.transport.TransportProvider;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits for what happens to the channels of a map, to its timers and to the tasks that other threads hand in, and calls
 * whom it concerns. Python's {@code asyncore.loop} as an object.
 *
 * <p>One thread owns a loop while it polls or runs it: the caller of {@link #poll} or {@link #run()} until that returns,
 * or the thread that {@link #start} made. Every method is confined to that thread and throws
 * {@link IllegalStateException} on another, except those that say so, as {@link #execute(Runnable)} and {@link #stop()} do.
 */
public final class EventLoop extends LoopTimers {

    final Callbacks callbacks;
    final Buffers buffers = new Buffers();
    final InterestQueue interestQueue = new InterestQueue(this);

    /** Of messages that groups have handed over and that were not taken yet. Any thread. */
    final AtomicLong groupBytes = new AtomicLong();

    private final ChannelMap map;
    private final TransportProvider provider;
    private final ReadyQueue ready;
    private long turn;

    /** A loop on the JDK's sockets for a map that has none yet. */
    public EventLoop(ChannelMap map) {
        this(map, TransportProvider.nio(), Nanos.CLOCK);
    }

    /**
     * A loop on other transports or another clock.
     *
     * @param provider opens the sockets of this loop's channels and its poller
     * @param nanoClock the time in nanoseconds from any origin, like {@link System#nanoTime()}
     */
    public EventLoop(ChannelMap map, TransportProvider provider, LongSupplier nanoClock) {
        super(new Waiter(provider), nanoClock);
        this.map = map;
        this.provider = provider;
        this.callbacks = new Callbacks(this);
        this.ready = new ReadyQueue(callbacks);
        map.setLoop(this);
    }

    /** One turn, serving in the poller's order; waits no longer than the timeout. */
    public void poll(Duration timeout) {
        poll(ReadyQueue.Order.AS_FOUND, timeout);
    }

    void poll(ReadyQueue.Order order, Duration timeout) {
        ChannelMap outer = enter();
        try {
            turn(order, Nanos.of(timeout));
            completeCloses();
        } finally {
            leave(outer);
        }
    }

    /**
     * Serves the map until it is empty or {@code stop()} is called. Timers and tasks alone do not keep it going: those that are
     * left wait for its next run, and a line in the log says how many. An {@linkplain Thread#interrupt() interrupt} ends
     * nothing: the flag is kept and set again at the end.
     */
    public void run() {
        run(Integer.MAX_VALUE);
    }

    /** The same for at most so many turns; {@link Integer#MAX_VALUE} is no bound. */
    public void run(int count) {
        run(ReadyQueue.Order.AS_FOUND, null, count);
    }

    /** @param timeout the longest wait of a turn; null for the loop's own */
    void run(ReadyQueue.Order order, @Nullable Duration timeout, int count) {
        long longest = timeout == null ? timeoutNanos() : Nanos.of(timeout);
        ChannelMap outer = enter();
        try {
            for (int left = count;
                    left > 0 && !stopping && !map.isEmpty();
                    left -= count == Integer.MAX_VALUE ? 0 : 1) {
                turn(order, longest);
            }
            if (!stopping && map.isEmpty()) {
                failures.noteLeftBehind(timers.size(), tasks.size(), clockNanos());
            }
        } finally {
            leave(outer);
        }
    }

    /** One turn of the loop: this is what it does. */
    private void turn(ReadyQueue.Order order, long longestWait) {
        turn++;
        now = activity.lastChange();
        try {
            tasks.run(callbacks);
            settleAll();
            interestQueue.refresh();
            await(longestWait);
            ready.serve(order);
            fireDue();
        } finally {
            settleAll();
            listeners.onTurn(this);
        }
    }

    /** Before the loop waits, when it has served what it found, and when its channels hold too much. */
    void settleAll() {
        callbacks.settleAll();
        if (memory.settle()) {
            callbacks.settleAll(); // some have lost their channels over it
        }
    }

    private void await(long longestWait) {
        long before = activity.aboutToWait();
        waiter.await(this, before, longestWait, ready);
        ownership.noteInterrupt();
        now = activity.wokeUp();
    }

    /** For how long there is nothing to do but to wait, as of that time. */
    long mayWait(long time, long longestWait) {
        return mustNotWait() ? 0 : Math.min(Math.max(0, longestWait), timers.untilNext(time));
    }

    private boolean mustNotWait() {
        return !ready.isEmpty()
                || stopping
                || !tasks.isEmpty()
                || interestQueue.hasNewsFromElsewhere()
                || callbacks.hasUnsettled();
    }

    @Nullable ChannelMap enter() {
        ownership.enter();
        if (ownership.depth() == 1 && !isStarted()) {
            tasks.open(); // an earlier, started run may have closed them
        }
        activity.enterPoll();
        return map.enter();
    }

    void leave(@Nullable ChannelMap outer) {
        ChannelMap.leave(outer);
        activity.leavePoll();
        if (ownership.leave()) {
            stopping = false; // a stop ends everything that is on the stack
            completeCloses();
            memory.publish();
            ownership.release();
        }
    }

    /** Closed channels let go of descriptor and port now; an empty map needs no poller. */
    private void completeCloses() {
        waiter.completeCloses(map.isEmpty() && ownership.depth() == 0);
    }

    /** After a channel was closed or has changed its map: outside a turn there is nobody else to clean up. */
    void channelLeft() {
        if (ownership.depth() == 0) {
            completeCloses();
        }
    }

    Poller poller() {
        return waiter.poller();
    }

    void foundReady(Dispatcher channel, int ops) {
        ready.add(channel, ops);
    }

    /**
     * Runs the loop on a thread of its own until {@code stop()}, then closes all its channels with
     * {@link CloseReason#SHUTDOWN}. It does so, too, if the loop itself fails, which no callback can bring about: that is
     * logged, and goes to the thread's {@link Thread.UncaughtExceptionHandler}.
     *
     * @return the thread, started
     */
    public Thread start(ThreadFactory factory) {
        return StartedLoop.start(this, factory);
    }

    /** The body of a started loop, but for what happens when it is over. */
    void turnUntilStopped() {
        while (!stopping) {
            turn(ReadyQueue.Order.AS_FOUND, timeoutNanos());
        }
    }

    /**
     * Ends all channels with {@link CloseReason#SHUTDOWN}, as a started loop does when it is stopped; the loop can be used
     * again afterwards.
     */
    public void shutDown() {
        ChannelMap outer = enter();
        try {
            Shutdown.endAll(this);
        } finally {
            leave(outer);
        }
    }

    void runTasks() {
        tasks.run(callbacks);
    }

    /** Outside of any poll: what was handed in so far, by this thread most likely. */
    void runTasksIfFree() {
        if (ownership.isFree() && !tasks.isEmpty()) {
            ChannelMap outer = enter();
            try {
                tasks.run(callbacks);
                callbacks.settleAll();
            } finally {
                leave(outer);
            }
        }
    }

    /**
     * Gives a dispatcher that has no socket yet a connected transport, as a server does with an accepted one;
     * {@code handleConnect()} runs before this returns.
     *
     * @throws IllegalStateException if the dispatcher has a socket already
     */
    public void attach(Dispatcher channel, Transport connected, ChannelOptions options) {
        attach(channel, connected, options, closed -> {});
    }

    /** The same for an owner that is told what becomes of the channel; nothing, if this throws. */
    public void attach(Dispatcher channel, Transport connected, ChannelOptions options, ChannelOwner owner) {
        ownership.check();
        channel.attach(map, connected, options, owner);
    }

    /** The channels that this loop serves. Any thread. */
    public ChannelMap map() {
        return map;
    }

    TransportProvider provider() {
        return provider;
    }

    long turnNumber() {
        return turn;
    }

    @Override
    EventLoop self() {
        return this;
    }

    @Override
    public String toString() {
        return "EventLoop[" + map.size() + " channels" + (isStarted() ? ", started]" : "]");
    }
}
