package io.asyncore;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The part of a channel that has something in its loop's timer queue. For its idle deadline, which most channels of a server
 * have all their lives and no other, it stands there itself: 50 bytes less per connection than with an object for it.
 * Confined to the loop's thread.
 */
abstract class Timed extends Member {

    private boolean watchesIdle;

    Timed(ChannelMap map) {
        super(map);
    }

    // ---- the idle deadline ----

    /** It has its socket now. */
    final void nothingArrivedSince(long now) {
        lastInput = now;
        Extras extras = extrasIfAny();
        if (extras != null) {
            extras.idleFrom = now;
        }
    }

    /** Begins to watch for idleness, if the options say so. */
    final void watchIdle() {
        suspendIdle();
        watchesIdle = options.idleTimeout() != null;
        if (watchesIdle && isInMap()) { // else nothing would disarm it
            loop().timers.add(this, idleEnd());
        }
    }

    /** The same from this moment, whatever was before. */
    final void watchIdleAnew() {
        if (options.idleTimeout() != null) {
            extras().idleFrom = loop().clockNanos();
        }
        watchIdle();
    }

    /** The time until this turn was not the peer's: we have kept it waiting. */
    final void notIdle() {
        if (watchesIdle) {
            extras().idleFrom = loop().now();
        }
    }

    private void suspendIdle() {
        loop().timers.remove(this);
    }

    private long idleSince() {
        Extras extras = extrasIfAny();
        return extras == null || extras.idleFrom - lastInput < 0 ? lastInput : extras.idleFrom;
    }

    private long idleEnd() {
        Duration timeout = options.idleTimeout();
        return Nanos.after(idleSince(), timeout == null ? Long.MAX_VALUE : Nanos.of(timeout));
    }

    private boolean isIdle(EventLoop loop) {
        return idleEnd() - loop.now() <= 0;
    }

    /** Judges as every {@link Deadline} does. */
    @Override
    final void fire() {
        EventLoop loop = loop();
        if (isIdle(loop)) {
            loop.timers.add(this, idleEnd()); // not lost if an exception leaves the loop from here
            tryOnce();
            if (!isInTimerQueue() || isEnding() || loop() != loop) {
                return;
            }
            loop.timers.remove(this);
        }
        if (isIdle(loop)) {
            loop.callbacks.call(LoopEvent.TIMEOUT, self(), Step.IDLE);
        } else {
            loop.timers.add(this, idleEnd());
        }
    }

    /** Serves what it waits for, found or not. */
    abstract void tryOnce();

    /** Runs as a callback of this channel. */
    final void idlePassed() throws Exception {
        if (state() == ChannelState.CLOSING) {
            return; // we have stopped reading: write stall and linger watch it now
        }
        watchIdleAnew(); // for a handler that decides to stay
        if (!isHandshaking()) { // which has a deadline of its own, and of which the channel hears nothing
            self().timedOut(Timeout.IDLE);
        }
    }

    // ---- the others ----

    final Deadlines deadlines() {
        Deadlines known = deadlinesIfAny();
        return known != null ? known : firstDeadlines();
    }

    private Deadlines firstDeadlines() {
        Deadlines made = new Deadlines(self());
        extras().deadlines = made;
        return made;
    }

    final @Nullable Deadlines deadlinesIfAny() {
        Extras extras = extrasIfAny();
        return extras == null ? null : extras.deadlines;
    }

    /** The last closed gate was opened. */
    final void readingResumed() {
        Deadlines deadlines = deadlinesIfAny();
        if (deadlines != null) {
            deadlines.readingResumed();
        }
    }

    // ---- maps ----

    /** It is in a map, perhaps another than before. */
    final void resumeTimers() {
        Deadlines deadlines = deadlinesIfAny();
        if (watchesIdle || deadlines != null) {
            watchIdleAnew();
        }
        if (deadlines != null) {
            deadlines.rearm();
        }
        Set<ScheduledCall> bound = boundCalls();
        if (bound != null) {
            bound.forEach(ScheduledCall::resume);
        }
    }

    /** It leaves its map, for good or for another one. */
    final void suspendTimers() {
        suspendIdle();
        Deadlines deadlines = deadlinesIfAny();
        if (deadlines != null) {
            deadlines.disarm();
        }
        Set<ScheduledCall> bound = boundCalls();
        if (bound != null) {
            bound.forEach(ScheduledCall::suspend);
        }
    }

    // ---- timers of its own ----

    final void bind(ScheduledCall call) {
        if (self().isClosed()) {
            call.cancel();
            throw new IllegalStateException(this + " is closed: its timers are cancelled");
        }
        Set<ScheduledCall> bound = boundCalls();
        if (bound == null) {
            bound = new HashSet<>();
            extras().boundCalls = bound;
        }
        bound.add(call);
    }

    private @Nullable Set<ScheduledCall> boundCalls() {
        Extras extras = extrasIfAny();
        return extras == null ? null : extras.boundCalls;
    }

    final void unbind(ScheduledCall call) {
        Set<ScheduledCall> bound = boundCalls();
        if (bound != null) {
            bound.remove(call);
        }
    }

    final void cancelBoundCalls() {
        Set<ScheduledCall> bound = boundCalls();
        if (bound != null) {
            extras().boundCalls = null;
            bound.forEach(ScheduledCall::cancel);
        }
    }
}
