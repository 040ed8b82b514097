package io.asyncore;

import io.asyncore.transport.Transport;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Runs the callbacks of channels. One guard around each: what a callback throws costs its channel and nothing else, but
 * for {@link ExitNow}, which leaves the loop. When the callback has returned, the channel is settled: its output is
 * written, and if it has ended meanwhile, it is told so and closed.
 */
final class Callbacks {

    /** A callback of a dispatcher; those of every event are shared, see {@link Step}, so that serving one allocates nothing. */
    @FunctionalInterface
    interface Callback {
        void run(Dispatcher channel) throws Exception;
    }

    private final EventLoop loop;
    private final Activity activity;
    private final LoopMemory memory;
    private final SecondFailure escaped;
    private final Queue<Dispatcher> toSettle = new ArrayDeque<>();
    private final Queue<Dispatcher> unwritten = new ArrayDeque<>();
    private @Nullable Dispatcher running;
    private int depth;
    private boolean inTask;

    Callbacks(EventLoop loop) {
        this.loop = loop;
        this.activity = loop.activity;
        this.memory = loop.memory;
        this.escaped = new SecondFailure(loop);
    }

    EventLoop loop() {
        return loop;
    }

    /** Whose callback runs now, the innermost one; null outside of any. */
    @Nullable Dispatcher running() {
        return running;
    }

    /** How many callbacks are on the stack. */
    int depth() {
        return depth;
    }

    /** One event of a channel. */
    void serve(Dispatcher channel, int op) {
        if (op == Transport.READ) {
            call(channel.isAccepting() ? LoopEvent.ACCEPT : LoopEvent.READ, channel, Step.READ);
        } else if (op == Transport.WRITE) {
            call(channel.isConnecting() ? LoopEvent.CONNECT : LoopEvent.WRITE, channel, Step.WRITE);
        } else {
            call(LoopEvent.EXPT, channel, Step.EXPT);
        }
    }

    /** The callback that runs, or is about to, is this one: for listeners, and for whoever asks what the loop does. */
    void tell(LoopEvent event, Dispatcher channel) {
        activity.becomes(event, channel);
        loop.listeners.onEvent(event, channel);
    }

    /** What does the channel wait for? Asking is a callback too: the predicates are the user's. */
    void ask(Dispatcher channel) {
        if (channel.isInLoop(loop)) {
            activity.phase(LoopEvent.INTEREST, channel);
            guard(channel, Step.ASK);
            if (channel.isEnding()) {
                settle(channel);
            }
            settleAllEnded();
        }
    }

    /** A timer or task that belongs to a channel: like one of its callbacks. */
    void run(LoopEvent event, Dispatcher channel, Runnable task) {
        call(event, channel, unused -> task.run());
    }

    /** A timer or task of the loop. */
    void run(LoopEvent event, Runnable task) {
        boolean outer = inTask;
        inTask = true;
        activity.begin(event, task);
        try {
            task.run();
        } catch (ExitNow e) {
            throw e;
        } catch (Throwable t) {
            loop.failures.reportTask(task, t, loop.clockNanos());
        } finally {
            activity.end(null);
            inTask = outer;
        }
        settleAllEnded();
        if (memory.isDue()) {
            settleMemory(task);
        }
    }

    /** The time of what it queued and of what ended by it is that of the callback. */
    void call(LoopEvent event, Dispatcher channel, Callback callback) {
        activity.begin(event, channel);
        try {
            guard(channel, callback, true);
            settle(channel);
            settleEnded();
        } finally {
            activity.end(channel);
        }
        throwEscaped();
        if (memory.isDue()) {
            settleMemory(channel);
        }
    }

    private void guard(Dispatcher channel, Callback callback) {
        guard(channel, callback, false);
    }

    /** @param thenWrite what the callback queued, too: one guard for both saves 5 % of an echo */
    private void guard(Dispatcher channel, Callback callback, boolean thenWrite) {
        Dispatcher outer = running;
        running = channel;
        channel.callbackDepth++;
        depth++;
        try {
            callback.run(channel);
            if (thenWrite && channel.wantsFlush()) {
                channel.writeOutput();
            }
        } catch (ExitNow e) {
            toSettle.add(channel); // by the poll that it leaves
            throw e;
        } catch (Throwable t) {
            failed(channel, t);
        } finally {
            loop.buffers.endOfCallback(depth);
            depth--;
            channel.callbackDepth--;
            running = outer;
        }
    }

    /** The channel's own handler decides; what it throws in turn closes the channel and then leaves the loop. */
    private void failed(Dispatcher channel, Throwable error) {
        boolean connecting = channel.isConnecting();
        channel.extras().lastError = Escaped.of((Object) error);
        activity.begin(LoopEvent.ERROR, channel);
        loop.listeners.onEvent(LoopEvent.ERROR, channel);
        try {
            channel.handleError(error);
        } catch (ExitNow e) {
            toSettle.add(channel); // by the poll that it leaves
            throw e;
        } catch (Throwable second) {
            channel.end(CloseReason.ERROR);
            escaped.keep(channel, second);
        } finally {
            activity.end(channel);
            if (connecting) {
                channel.end(CloseReason.CONNECT_FAILED);
            }
        }
    }

    private void throwEscaped() {
        if (!inTask) { // which must not take it for a failure of its own
            escaped.leave();
        }
    }

    /** After a callback has returned; if it ran within another one of the same channel, that one settles. */
    private void settle(Dispatcher channel) {
        flush(channel);
        if (channel.callbackDepth > 0) {
            return;
        }
        if (channel.takeEof()) {
            endOfInput(channel);
        }
        for (Callback news = channel.nextNews(); news != null; news = channel.nextNews()) {
            guard(channel, news);
            flush(channel);
        }
        if (channel.takeEnd()) {
            finish(channel);
        }
        if (channel.takeClosed()) {
            channel.tellClosed();
        } else if (channel.isInLoop(loop) && !channel.isInterestSettled()) {
            loop.interestQueue.changed(channel);
        }
    }

    private void flush(Dispatcher channel) {
        if (channel.wantsFlush()) {
            guard(channel, Step.FLUSH);
        }
    }

    private void endOfInput(Dispatcher channel) {
        activity.begin(LoopEvent.EOF, channel);
        try {
            loop.listeners.onEvent(LoopEvent.EOF, channel);
            guard(channel, Step.EOF);
            flush(channel);
        } finally {
            activity.end(channel);
        }
    }

    private void finish(Dispatcher channel) {
        if (loop.stopping) {
            loop.ownership.noteInterrupt(); // it was meant for the callback before
        }
        activity.begin(LoopEvent.CLOSE, channel);
        try {
            guard(channel, Step.CLOSE);
            if (!channel.isClosed()) {
                guard(channel, Step.CLOSE_METHOD);
            }
        } finally {
            channel.dispose(CloseReason.LOCAL); // in case close() was overridden and failed
            activity.end(channel);
        }
    }

    /** Something happened to a channel outside a callback of its own: settled when the current callback is over. */
    void settleLater(Dispatcher channel) {
        if (channel.callbackDepth == 0) {
            toSettle.add(channel);
        }
    }

    boolean hasUnsettled() {
        return !toSettle.isEmpty() || !unwritten.isEmpty();
    }

    private void settleAllEnded() {
        settleEnded();
        throwEscaped();
    }

    private void settleEnded() {
        for (Dispatcher channel = toSettle.poll(); channel != null; channel = toSettle.poll()) {
            settle(channel);
        }
    }

    /** Queued outside a callback of its own: written before the loop waits again. */
    void mustWrite(Dispatcher channel) {
        unwritten.add(channel);
    }

    /**
     * Writes what was queued and settles what has ended since the last callback returned. In a nested poll the callback that
     * polls has not returned, and its output is written too.
     */
    void settleAll() {
        Dispatcher polling = running;
        if (polling != null) {
            flush(polling);
        }
        settleAllEnded();
        if (!unwritten.isEmpty()) {
            writeUnwritten();
        }
    }

    /** Between two callbacks; but also within that of a listener, which may take many connections in one. */
    private void settleMemory(Object cause) {
        if (!inTask && (running == null || running.isAccepting())) {
            memory.settleAfter(cause);
        }
    }

    private void writeUnwritten() {
        for (Dispatcher channel = unwritten.poll(); channel != null; channel = unwritten.poll()) {
            if (channel.isInLoop(loop) && channel.takeUnwritten()) {
                activity.phase(LoopEvent.OUTPUT, channel);
                settle(channel);
                settleAllEnded();
            }
        }
        activity.endPhase();
    }
}
