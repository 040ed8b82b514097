package io.asyncore;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The part of a loop that says how it works, and what can be seen of it from outside. Confined to the loop's thread, except
 * for what says otherwise.
 */
abstract class LoopSettings {

    final Ownership ownership = new Ownership();
    final FailureLog failures = new FailureLog();
    final OffLoop offLoop = new OffLoop();
    final LoopListeners listeners;
    final Activity activity;
    final LoopMemory memory;
    final Waiter waiter;

    private final LongSupplier clock;
    private ChannelOptions channelOptions = ChannelOptions.DEFAULTS;
    private long timeoutNanos = Nanos.of(Duration.ofSeconds(30));

    LoopSettings(Waiter waiter, LongSupplier nanoClock) {
        this.waiter = waiter;
        this.clock = nanoClock;
        this.listeners = new LoopListeners(nanoClock);
        this.activity = new Activity(nanoClock, ownership, listeners);
        this.memory = new LoopMemory(self());
    }

    abstract EventLoop self();

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

    /** The longest wait of a turn of {@link EventLoop#run()} and of a started loop; [30 s]. */
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

    /** Bytes of output that waited to be written at the end of the last turn, all channels together. Any thread. */
    public long pendingOutput() {
        return memory.pendingOutput();
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
        return Snapshots.ofAll(self());
    }

    /** The same of the channel with this id; empty if there is none. Any thread. */
    public CompletableFuture<Optional<ChannelSnapshot>> snapshot(long id) {
        return Snapshots.ofOne(self(), id);
    }

    /** The time, in nanoseconds from any origin, as this loop sees it. Any thread. */
    public LongSupplier clock() {
        return clock;
    }

    long clockNanos() {
        return clock.getAsLong();
    }

    /** True on the thread that owns this loop. Any thread. */
    public boolean inLoop() {
        return ownership.isMine();
    }

    long timeoutNanos() {
        return timeoutNanos;
    }
}
