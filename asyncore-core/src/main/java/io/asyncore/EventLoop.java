package io.asyncore;

import io.asyncore.transport.Poller;
import io.asyncore.transport.Transport;
import io.asyncore.transport.TransportProvider;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits for what happens to the channels of a map, to its timers and to the tasks that other threads hand in, and calls
 * whom it concerns. Python's {@code asyncore.loop} as an object.
 *
 * <p>One thread owns a loop while it polls or runs it: the caller of {@link #poll} or {@link #run()} until that returns,
 * or the thread that {@link #start} made. Every method is confined to that thread and throws
 * {@link IllegalStateException} on another, except {@link #execute}, {@link #stop()}, {@link #inLoop()}, {@link #map()},
 * {@link #offloadsUnderWay()} and {@link #addListener}.
 */
public final class EventLoop {

    private static final AtomicInteger STARTED = new AtomicInteger();

    final Ownership ownership = new Ownership();
    final LoopListeners listeners;
    final FailureLog failures = new FailureLog();
    final Activity activity;
    final Callbacks callbacks;
    final Buffers buffers = new Buffers();
    final InterestQueue interestQueue = new InterestQueue(this);
    final TimerQueue timers = new TimerQueue();
    final LoopMemory memory = new LoopMemory(this);
    final OffLoop offLoop = new OffLoop();

    /** Of messages that groups have handed over and that were not taken yet. Any thread. */
    final AtomicLong groupBytes = new AtomicLong();

    private final ChannelMap map;
    private final TransportProvider provider;
    private final Waiter waiter;
    private final LongSupplier clock;
    private final ReadyQueue ready;
    private final TaskQueue tasks = new TaskQueue();
    private volatile boolean stopping;
    private volatile boolean started;
    private ChannelOptions channelOptions = ChannelOptions.DEFAULTS;
    private long timeoutNanos = Nanos.of(Duration.ofSeconds(30));
    private boolean draining;
    private long graceEnd;
    private long now;
    private long turn;

    /** A loop on the JDK's sockets for a map that has none yet. */
    public EventLoop(ChannelMap map) {
        this(map, TransportProvider.nio(), System::nanoTime);
    }

    /**
     * A loop on other transports or another clock.
     *
     * @param provider opens the sockets of this loop's channels and its poller
     * @param nanoClock the time in nanoseconds from any origin, like {@link System#nanoTime()}
     */
    public EventLoop(ChannelMap map, TransportProvider provider, LongSupplier nanoClock) {
        this.map = map;
        this.provider = provider;
        this.waiter = new Waiter(provider);
        this.clock = nanoClock;
        this.listeners = new LoopListeners(nanoClock);
        this.activity = new Activity(nanoClock, ownership, listeners);
        this.callbacks = new Callbacks(this);
        this.ready = new ReadyQueue(callbacks);
        this.now = activity.lastChange();
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

    /** Serves the map until it is empty or {@link #stop()} is called. */
    public void run() {
        run(Integer.MAX_VALUE);
    }

    /** The same for at most so many turns; {@link Integer#MAX_VALUE} is no bound. */
    public void run(int count) {
        run(ReadyQueue.Order.AS_FOUND, null, count);
    }

    /** @param timeout the longest wait of a turn; null for the loop's own */
    void run(ReadyQueue.Order order, @Nullable Duration timeout, int count) {
        long longest = timeout == null ? timeoutNanos : Nanos.of(timeout);
        ChannelMap outer = enter();
        try {
            for (int left = count;
                    left > 0 && !stopping && !map.isEmpty();
                    left -= count == Integer.MAX_VALUE ? 0 : 1) {
                turn(order, longest);
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
            timers.fireDue(now);
        } finally {
            settleAll();
            listeners.onTurn(this);
        }
    }

    /** Before the loop waits, and when it has served what it found. */
    private void settleAll() {
        callbacks.settleAll();
        if (memory.settle()) {
            callbacks.settleAll(); // some have lost their channels over it
        }
    }

    private void await(long longestWait) {
        long before = activity.aboutToWait();
        waiter.await(() -> mustNotWait() ? 0 : untilNextTimer(before, longestWait), ready, clock);
        ownership.noteInterrupt();
        now = activity.wokeUp();
    }

    private long untilNextTimer(long time, long longestWait) {
        long longest = Math.max(0, longestWait);
        return timers.isEmpty() ? longest : Math.min(longest, timers.untilNext(time));
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
        if (ownership.depth() == 1 && !started) {
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
     * Runs the loop on a thread of its own until {@link #stop()}, then closes all its channels with
     * {@link CloseReason#SHUTDOWN}.
     *
     * @return the thread, started
     */
    public Thread start(ThreadFactory factory) {
        Thread thread = factory.newThread(new StartedLoop(this));
        if (thread == null) {
            throw new IllegalArgumentException("the thread factory gave no thread");
        }
        ownership.giveTo(thread);
        draining = false;
        started = true;
        tasks.open();
        STARTED.incrementAndGet();
        try {
            thread.start();
        } catch (RuntimeException | Error e) {
            endedAsStarted();
            ownership.release();
            throw e;
        }
        return thread;
    }

    /** The body of a started loop, but for what happens when it is over. */
    void turnUntilStopped() {
        while (!stopping) {
            turn(ReadyQueue.Order.AS_FOUND, timeoutNanos);
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

    void refuseTasks() {
        tasks.close();
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

    void runTasks() {
        tasks.run(callbacks);
    }

    void endedAsStarted() {
        started = false;
        STARTED.decrementAndGet();
    }

    /** Bytes of output that waited to be written at the end of the last turn, all channels together. Any thread. */
    public long pendingOutput() {
        return memory.pendingOutput();
    }

    /** True while a started thread runs it. Any thread. */
    public boolean isStarted() {
        return started;
    }

    static boolean anyStarted() {
        return STARTED.get() > 0;
    }

    /** Ends {@link #run} or a started loop after the current turn, or else the next one before its first. Any thread. */
    public void stop() {
        stopping = true;
        wakeup();
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

    void wakeup() {
        waiter.wakeup();
    }

    /** True on the thread that owns this loop. Any thread. */
    public boolean inLoop() {
        return ownership.isMine();
    }

    /** Calls once, after the delay. pyftpdlib's {@code call_later}. */
    public LoopTimer callLater(Duration delay, Runnable call) {
        return schedule(null, delay, call, false);
    }

    /** Calls again and again, one period apart, the first time after one period. pyftpdlib's {@code call_every}. */
    public LoopTimer callEvery(Duration period, Runnable call) {
        return schedule(null, period, call, true);
    }

    LoopTimer schedule(@Nullable Dispatcher channel, Duration delay, Runnable call, boolean repeats) {
        ownership.check();
        if (delay.isNegative() || (repeats && delay.isZero())) {
            throw new IllegalArgumentException("a timer needs a delay, not " + delay);
        }
        ScheduledCall timer = new ScheduledCall(this, channel, call, Nanos.of(delay), repeats);
        timer.arm();
        return timer;
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

    /**
     * Tells every channel but those that listen, and every one that joins later, that the loop is going to stop:
     * {@link Dispatcher#handleDrain}, after the callback in progress. Who stops it, and when, is up to the caller. Called
     * again, it tells nobody anew.
     *
     * @param grace how long the channels may take
     */
    public void drain(Duration grace) {
        ownership.check();
        if (grace.isNegative()) {
            throw new IllegalArgumentException("grace must not be negative, but is " + grace);
        }
        graceEnd = Nanos.after(clock.getAsLong(), Nanos.of(grace));
        if (!draining) {
            draining = true;
            for (Dispatcher channel : map.channels()) {
                channel.addNews(Channel.NEWS_DRAIN);
            }
        }
    }

    boolean isDraining() {
        return draining;
    }

    Duration graceLeft() {
        return Duration.ofNanos(Math.max(0, graceEnd - clock.getAsLong()));
    }

    /**
     * Bounds what this loop's channels hold in memory, together with those of all other loops that have the same budget;
     * null, the default, is no such bound.
     */
    public void setMemoryBudget(@Nullable MemoryBudget budget) {
        ownership.check();
        memory.shareIn(budget);
    }

    /** Tells the listener everything from now on. Any thread. */
    public void addListener(LoopListener listener) {
        listeners.add(listener);
    }

    /**
     * Where the channels of this loop have their {@linkplain Dispatcher#offload off-loop work} done. [One that all loops
     * share: a virtual thread for each piece of work on JDK 21 and later, else 64 daemon threads, for which at most 10,000
     * pieces wait.]
     */
    public void setOffloadExecutor(Executor executor) {
        ownership.check();
        offLoop.choose(executor);
    }

    /** Pieces of off-loop work that channels of this loop have begun and that are not done yet. Any thread. */
    public int offloadsUnderWay() {
        return offLoop.underWay.get();
    }

    /**
     * What is a slow callback: {@link LoopListener#onSlowCallback} and the log are told of one that holds the loop up for this
     * long; [100 ms].
     */
    public void setSlowCallbackThreshold(Duration threshold) {
        ownership.check();
        if (threshold.isNegative() || threshold.isZero()) {
            throw new IllegalArgumentException(
                    "the threshold of slow callbacks must be longer than zero, not " + threshold);
        }
        activity.setThreshold(Nanos.of(threshold));
    }

    /** For how long the callback has been running that runs now, in nanoseconds; 0 if none does. Any thread. */
    public long busyNanos() {
        return activity.busyNanos();
    }

    /**
     * How long the loop worked between its last two waits, in nanoseconds: as long, at the most, has somebody waited to be
     * noticed. Any thread.
     */
    public long lagNanos() {
        return activity.lagNanos();
    }

    /**
     * The callback that runs now with the stack of the loop's thread, if it has been running for so long; null if not. The
     * report of this callback as a slow one will have the stack, too. For a thread that watches the loop. Any thread.
     */
    public @Nullable SlowCallback sampleCallback(Duration atLeast) {
        return activity.sample(atLeast);
    }

    /**
     * How this loop's channels are: those that there are now, by ascending id, without those that have ended when it is their
     * turn. They are looked at on the loop's thread, some in each turn, so that other work goes on meanwhile. Any thread; on
     * the loop's own do not wait for it.
     *
     * @return completed on the loop's thread, or exceptionally with
     *     {@link java.util.concurrent.RejectedExecutionException} if the loop has been stopped or its task queue is full. While
     *     nobody runs the loop, it waits for somebody who does
     */
    public CompletableFuture<List<ChannelSnapshot>> snapshots() {
        return Snapshots.ofAll(this);
    }

    /** The same of the channel with this id; empty if there is none. Any thread. */
    public CompletableFuture<Optional<ChannelSnapshot>> snapshot(long id) {
        return Snapshots.ofOne(this, id);
    }

    /**
     * Looks for readiness again and again, for so long, before the thread is put to sleep: an answer comes some microseconds
     * earlier, and a processor is busy meanwhile. Null, as by default, does not.
     */
    public void setBusyPoll(@Nullable Duration time) {
        ownership.check();
        if (time != null && (time.isNegative() || time.isZero())) {
            throw new IllegalArgumentException("busyPoll must be longer than zero, or null for none, not " + time);
        }
        waiter.setBusyPoll(time == null ? 0 : Nanos.of(time));
    }

    /** The longest wait of a turn of {@link #run()} and of a started loop; [30 s]. */
    public void setTimeout(Duration timeout) {
        ownership.check();
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("the loop's timeout must be longer than zero, not " + timeout);
        }
        timeoutNanos = Nanos.of(timeout);
    }

    /** What channels have that join from now on and were given no options of their own; {@link ChannelOptions#DEFAULTS}. */
    public void setChannelOptions(ChannelOptions options) {
        ownership.check();
        channelOptions = options;
    }

    ChannelOptions channelOptions() {
        return channelOptions;
    }

    /** The time, in nanoseconds from any origin, as this loop sees it. Any thread. */
    public LongSupplier clock() {
        return clock;
    }

    /** The channels that this loop serves. Any thread. */
    public ChannelMap map() {
        return map;
    }

    TransportProvider provider() {
        return provider;
    }

    /** The time at which this turn woke up: good enough for deadlines, and no clock is read for it. */
    long now() {
        return now;
    }

    /** The same, but for what happens while nobody polls. */
    long stamp() {
        return ownership.depth() == 0 ? clock.getAsLong() : now;
    }

    long clockNanos() {
        return clock.getAsLong();
    }

    long turnNumber() {
        return turn;
    }

    @Override
    public String toString() {
        return "EventLoop[" + map.size() + " channels" + (started ? ", started]" : "]");
    }
}
