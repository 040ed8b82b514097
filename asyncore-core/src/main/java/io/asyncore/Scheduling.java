package io.asyncore;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The part of a dispatcher that has something done later or elsewhere: timers and off-loop work. Confined to the loop's
 * thread.
 */
abstract class Scheduling extends Secured {

    Scheduling(ChannelMap map) {
        super(map);
    }

    // ---- timers ----

    /** Calls once, after the delay; cancelled when this channel closes. pyftpdlib's {@code call_later}. */
    public final LoopTimer callLater(Duration delay, Runnable call) {
        return loop().schedule(self(), delay, call, false);
    }

    /** Calls once every period; cancelled when this channel closes. pyftpdlib's {@code call_every}. */
    public final LoopTimer callEvery(Duration period, Runnable call) {
        return loop().schedule(self(), period, call, true);
    }

    // ---- off-loop work ----

    /**
     * Has something done that takes long or blocks, on a thread of the {@linkplain EventLoop#setOffloadExecutor loop's
     * executor}, and goes on with the result. Twisted's {@code deferToThread}.
     *
     * <pre>{@code
     * protected void handleLine(String id) {
     *     offload(() -> repository.find(id), order -> pushLine(order.status()));
     * }
     * }</pre>
     *
     * <p>The work must leave the channel alone, but for what any thread may call. Its result is a callback of this channel
     * on its loop, never within this call; what the work throws goes to {@link Dispatcher#handleError}, as it is. Neither
     * comes once the channel has closed or {@link DispatcherWithSend#closeWhenDone()} was called; the work itself is run to
     * its end.
     *
     * <p>While work is under way the channel is not read, and a chat stops parsing, so that answers keep the order of what
     * they answer. Several pieces of work that one callback begins come back as they are done, in any order; reading goes
     * on after the last. The idle deadline stands: longer work ends the channel, and an end of the connection is noticed
     * only when it is read again.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the executor takes no more; the channel is read on
     */
    protected final <T extends @Nullable Object> void offload(Callable<T> work, ResultHandler<? super T> done) {
        offload(loop().offLoop.executor(), work, done);
    }

    /** The same with a handler for the failure, which then does not go to {@link Dispatcher#handleError}. */
    protected final <T extends @Nullable Object> void offload(
            Callable<T> work, ResultHandler<? super T> done, ResultHandler<? super Throwable> failed) {
        offload(loop().offLoop.executor(), work, done, failed);
    }

    /** The same on a given executor, which must run the work or throw; one that drops work leaves the channel unread. */
    protected final <T extends @Nullable Object> void offload(
            Executor executor, Callable<T> work, ResultHandler<? super T> done) {
        offload(executor, work, done, Offload::rethrow);
    }

    /** The same on a given executor, with a handler for the failure. */
    protected final <T extends @Nullable Object> void offload(
            Executor executor,
            Callable<T> work,
            ResultHandler<? super T> done,
            ResultHandler<? super Throwable> failed) {
        checkThread();
        Objects.requireNonNull(work, "work");
        Objects.requireNonNull(done, "done");
        Objects.requireNonNull(failed, "failed");
        Offloads offloads = offloads();
        if (offloads == null) {
            offloads = new Offloads(self());
            extras().offloads = offloads;
        }
        offloads.begin(executor, work, done, failed);
    }

    private @Nullable Offloads offloads() {
        Extras extras = extrasIfAny();
        return extras == null ? null : extras.offloads;
    }

    /** Is off-loop work under way whose outcome this channel waits for? */
    final boolean isOffloading() {
        Offloads offloads = offloads();
        return offloads != null && offloads.isAnyUnderWay();
    }

    /** The last outcome was delivered: the idle time counts anew. */
    final void offLoopWorkEnded() {
        notIdle();
    }

    @Override
    final void joinedMap() {
        Offloads offloads = offloads();
        if (offloads != null) {
            offloads.joined();
        }
    }
}
