package io.asyncore;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a loop does at this moment, since when, and how long each callback took. Confined to the loop's thread, except for
 * {@link #busyNanos()}, {@link #lagNanos()} and {@link #sample}, which any thread may call.
 *
 * <p>Each reading of the clock ends one thing and begins the next, so that a callback costs one reading. A callback or a
 * poll within a callback takes over from it; the time of the outer one is what is left. Slow is what goes on for too long
 * without such a change, as nothing else is served meanwhile.
 */
final class Activity {

    private static final AtomicLongFieldUpdater<Activity> SINCE =
            AtomicLongFieldUpdater.newUpdater(Activity.class, "since");
    private static final AtomicLongFieldUpdater<Activity> LAG =
            AtomicLongFieldUpdater.newUpdater(Activity.class, "lag");
    private static final AtomicReferenceFieldUpdater<Activity, Frame> TOP =
            AtomicReferenceFieldUpdater.newUpdater(Activity.class, Frame.class, "top");

    private static final int MOST_FRAMES = 100;

    private final LongSupplier clock;
    private final Ownership ownership;
    private final LoopListeners listeners;
    private final SlowCallbacks slow;
    private long threshold = Nanos.of(SlowCallbacks.THRESHOLD);
    private long wokeUp;

    /** Between the last wait and the end of the last poll; what was between the polls does not count. */
    private long worked;

    /** Published to other threads by ordered stores, which cost no more than plain ones. */
    private volatile long since;

    private volatile long lag;
    private volatile Frame top = new Frame(null);

    private volatile @Nullable Sample sample;

    /** What a watching thread has seen of the callback that began then, after so many nanoseconds. */
    private record Sample(long since, long nanos, List<StackTraceElement> stack) {}

    /**
     * A poll on the stack with the callback that it runs at the moment, or a callback within that one. Kept and used again:
     * the callbacks of a poll all use its own, which saves the two ordered stores of pushing and popping one for each.
     */
    private static final class Frame {
        private final @Nullable Frame outer;
        private @Nullable Frame inner;
        private boolean withinCallback;
        private @Nullable LoopEvent event;
        private @Nullable Object subject;
        private long spent;

        Frame(@Nullable Frame outer) {
            this.outer = outer;
        }

        Frame inner(boolean withinCallback) {
            if (inner == null) {
                inner = new Frame(this);
            }
            inner.withinCallback = withinCallback;
            return inner;
        }

        void clear() {
            event = null;
            subject = null;
            spent = 0;
        }

        /** It is over. */
        Frame popped() {
            clear();
            return outer == null ? this : outer;
        }
    }

    Activity(LongSupplier clock, Ownership ownership, LoopListeners listeners) {
        this.clock = clock;
        this.ownership = ownership;
        this.listeners = listeners;
        this.slow = new SlowCallbacks(listeners);
        this.since = clock.getAsLong();
    }

    void setThreshold(long nanos) {
        threshold = nanos;
    }

    // ---- polls ----

    /** A poll begins; a callback that polls is suspended: it holds nobody up while it waits here. */
    void enterPoll() {
        long now = change();
        if (ownership.depth() == 1) {
            wokeUp = now - worked;
        }
        TOP.lazySet(this, top.inner(false));
    }

    void leavePoll() {
        TOP.lazySet(this, top.popped());
        if (ownership.depth() == 1) {
            worked = since - wokeUp;
        } else {
            SINCE.lazySet(this, clock.getAsLong());
        }
    }

    /** The loop has done what there was to do; returns the time. */
    long aboutToWait() {
        long now = top.event == null ? clock.getAsLong() : endPhase();
        LAG.lazySet(this, now - wokeUp);
        return now;
    }

    /** Returns the time. */
    long wokeUp() {
        wokeUp = clock.getAsLong();
        SINCE.lazySet(this, wokeUp);
        return wokeUp;
    }

    /** When the last thing ended: the present time, but for what the loop does for itself. */
    long lastChange() {
        return since;
    }

    // ---- callbacks ----

    /** A callback begins: when the last one ended, unless it runs within another one or outside of any poll. */
    void begin(LoopEvent event, Object subject) {
        Frame frame = top;
        if (frame.event != null) {
            change();
            frame = frame.inner(true);
            TOP.lazySet(this, frame);
        } else if (ownership.depth() == 0) {
            change();
        }
        frame.event = event;
        frame.subject = subject;
    }

    /** What runs for this channel turns out to be another callback, or goes on as another one. */
    void becomes(LoopEvent event, Dispatcher channel) {
        Frame frame = top;
        if (frame.subject == channel && frame.event != null && frame.event != event) {
            change();
            listeners.onCallback(frame.event, channel, frame.spent);
            frame.spent = 0;
            frame.event = event;
        }
    }

    /** The callback of this channel, or the task of none, is over. */
    void end(@Nullable Dispatcher channel) {
        change();
        Frame frame = top;
        LoopEvent event = frame.event;
        long spent = frame.spent;
        if (frame.withinCallback) {
            TOP.lazySet(this, frame.popped());
        } else {
            frame.clear();
        }
        if (event != null) {
            listeners.onCallback(event, channel, spent);
        }
    }

    /** One of many small things of a kind, timed together: it goes on until {@link #endPhase()}. */
    void phase(LoopEvent event, Dispatcher channel) {
        top.subject = channel;
        top.event = event;
    }

    /** Returns the time. */
    long endPhase() {
        long now = change();
        Frame frame = top;
        LoopEvent event = frame.event;
        long spent = frame.spent;
        frame.clear();
        if (event != null) {
            listeners.onCallback(event, null, spent);
        }
        return now;
    }

    /** What runs now has run until now, which is returned. */
    private long change() {
        long now = clock.getAsLong();
        Frame frame = top;
        if (frame.event != null) {
            long nanos = now - since;
            frame.spent += nanos;
            if (nanos >= threshold) {
                slow.report(describe(frame.event, frame.subject, since, nanos, stackOf(since)), now);
                sample = null;
            }
        }
        SINCE.lazySet(this, now);
        return now;
    }

    private List<StackTraceElement> stackOf(long began) {
        Sample seen = sample;
        return seen != null && seen.since == began ? seen.stack : List.of();
    }

    private static SlowCallback describe(
            LoopEvent event, @Nullable Object subject, long since, long nanos, List<StackTraceElement> stack) {
        Dispatcher channel = subject instanceof Dispatcher dispatcher ? dispatcher : null;
        Class<?> handler = subject == null ? EventLoop.class : subject.getClass();
        return new SlowCallback(event, channel, handler, since, nanos, stack);
    }

    // ---- any thread ----

    /** For how long the callback has been running that runs now; 0 if none does. */
    long busyNanos() {
        Frame frame = top;
        return frame.event == null ? 0 : Math.max(0, clock.getAsLong() - since);
    }

    long lagNanos() {
        return lag;
    }

    /**
     * What runs now, if it has been running for at least so long. The thread's stack is taken the first time, and again when
     * twice as much time has passed; the loop's own report has the last one taken.
     */
    @Nullable SlowCallback sample(Duration atLeast) {
        long began = since;
        Frame frame = top;
        LoopEvent event = frame.event;
        Object subject = frame.subject;
        Thread thread = ownership.owner();
        long nanos = clock.getAsLong() - began;
        if (event == null || thread == null || nanos < Nanos.of(atLeast)) {
            return null;
        }
        Sample seen = sample;
        if (seen == null || seen.since != began || nanos >= 2 * seen.nanos) {
            seen = new Sample(began, nanos, trimmed(thread.getStackTrace()));
            if (since != began) {
                return null; // it has just ended
            }
            sample = seen;
        }
        return describe(event, subject, began, nanos, seen.stack);
    }

    /** The calls from the loop's guard on: what is below is the same for all. */
    private static List<StackTraceElement> trimmed(StackTraceElement[] frames) {
        int guard = 0;
        while (guard < Math.min(frames.length, MOST_FRAMES)
                && !frames[guard].getClassName().equals(Callbacks.class.getName())) {
            guard++;
        }
        return Arrays.asList(frames).subList(0, guard);
    }
}
