package io.asyncore;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The part of a channel that has something in its loop's timer queue. Confined to the loop's thread. */
abstract class Timed extends Member {

    private @Nullable IdleDeadline idle;
    private @Nullable Deadlines deadlines;
    private @Nullable Set<ScheduledCall> boundCalls;

    Timed(ChannelMap map) {
        super(map);
    }

    /** Begins to watch for idleness, if the options say so; from the beginning, if it is watched already. */
    final void watchIdle() {
        if (idle != null) {
            idle.disarm();
        }
        idle = IdleDeadline.armed(self());
    }

    /** Input has arrived, or we have kept the peer waiting, and not the other way round. */
    final void notIdle() {
        if (idle != null) {
            idle.touch();
        }
    }

    /** It is in a map, perhaps another than before. */
    final void resumeTimers() {
        if (idle != null || deadlines != null) {
            watchIdle();
        }
        if (deadlines != null) {
            deadlines.rearm();
        }
        if (boundCalls != null) {
            boundCalls.forEach(ScheduledCall::resume);
        }
    }

    /** It leaves its map, for good or for another one. */
    final void suspendTimers() {
        if (idle != null) {
            idle.disarm();
        }
        if (deadlines != null) {
            deadlines.disarm();
        }
        if (boundCalls != null) {
            boundCalls.forEach(ScheduledCall::suspend);
        }
    }

    final Deadlines deadlines() {
        if (deadlines == null) {
            deadlines = new Deadlines(self());
        }
        return deadlines;
    }

    final @Nullable Deadlines deadlinesIfAny() {
        return deadlines;
    }

    /** The last closed gate was opened. */
    final void readingResumed() {
        if (deadlines != null) {
            deadlines.readingResumed();
        }
    }

    final void bind(ScheduledCall call) {
        if (self().isClosed()) {
            call.cancel();
            throw new IllegalStateException(this + " is closed: its timers are cancelled");
        }
        if (boundCalls == null) {
            boundCalls = new HashSet<>();
        }
        boundCalls.add(call);
    }

    final void unbind(ScheduledCall call) {
        if (boundCalls != null) {
            boundCalls.remove(call);
        }
    }

    final void cancelBoundCalls() {
        if (boundCalls != null) {
            Set<ScheduledCall> bound = boundCalls;
            boundCalls = null;
            bound.forEach(ScheduledCall::cancel);
        }
    }
}
