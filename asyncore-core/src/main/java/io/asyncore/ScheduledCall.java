package io.asyncore;

import org.jspecify.annotations.Nullable;

/** What {@code callLater} and {@code callEvery} make: a call in the timer queue, perhaps bound to a channel's life. */
final class ScheduledCall extends TimerNode implements LoopTimer {

    private final EventLoop ownLoop;
    private final @Nullable Dispatcher channel;
    private final Runnable call;
    private final long delay;
    private final boolean repeats;
    private boolean cancelled;
    private boolean suspended;

    ScheduledCall(EventLoop loop, @Nullable Dispatcher channel, Runnable call, long delay, boolean repeats) {
        this.ownLoop = loop;
        this.channel = channel;
        this.call = call;
        this.delay = delay;
        this.repeats = repeats;
    }

    /** A channel may have moved to another loop. */
    private EventLoop loop() {
        return channel == null ? ownLoop : channel.loop();
    }

    /** Its channel has left the map: nothing is called until it is in one again. */
    void suspend() {
        suspended = isInTimerQueue();
        loop().timers.remove(this);
    }

    void resume() {
        if (suspended) {
            suspended = false;
            loop().timers.add(this, due);
        }
    }

    void arm() {
        EventLoop loop = loop();
        loop.timers.add(this, Nanos.after(loop.clockNanos(), delay));
        if (channel != null) {
            channel.bind(this);
        }
    }

    @Override
    void fire() {
        EventLoop loop = loop();
        if (repeats) {
            // on the beat, without catching up on beats that were missed
            long next = due + delay;
            loop.timers.add(this, next - loop.now() > 0 ? next : Nanos.after(loop.now(), delay));
        } else if (channel != null) {
            channel.unbind(this);
        }
        if (channel != null) {
            loop.callbacks.run(LoopEvent.TIMER, channel, call);
        } else {
            loop.callbacks.run(LoopEvent.TIMER, call);
        }
    }

    @Override
    public void cancel() {
        loop().ownership.check();
        cancelled = true;
        suspended = false;
        loop().timers.remove(this);
        if (channel != null) {
            channel.unbind(this);
        }
    }

    @Override
    public void reset() {
        loop().ownership.check();
        if (cancelled) {
            throw new IllegalStateException("a cancelled timer stays cancelled: make a new one");
        }
        arm();
    }

    @Override
    public boolean isActive() {
        return isInTimerQueue();
    }
}
