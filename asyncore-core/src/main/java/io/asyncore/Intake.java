package io.asyncore;

import java.time.Duration;

/**
 * The part of a dispatcher that says whether it is read, and what has become of the input that was. Confined to the loop's
 * thread.
 */
abstract class Intake extends Scheduling {

    private boolean inMessage;

    Intake(ChannelMap map) {
        super(map);
    }

    /**
     * Reads no more until {@code resumeReading()}, whatever {@link Dispatcher#readable()} says. Meanwhile a channel that has
     * nothing to write does not notice that its peer has gone: an idle time ({@link ChannelOptions#idleTimeout()}, which goes
     * on), or a timer, bounds how long that may be. Twisted's {@code pauseProducing}.
     */
    public final void pauseReading() {
        loop().ownership.check();
        closeGate(Interest.GATE_PAUSED);
    }

    /** Reads again. Twisted's {@code resumeProducing}. */
    public final void resumeReading() {
        loop().ownership.check();
        openGate(Interest.GATE_PAUSED);
    }

    /** Is reading held up by {@code pauseReading()}, too much unwritten output or off-loop work? */
    protected final boolean isReadingPaused() {
        return isGateClosed();
    }

    /**
     * For a subclass that must not be read again within a callback of its own, even if that polls: true closes a gate of
     * its own, which {@code resumeReading()} leaves closed; false opens it.
     */
    protected final void holdReading(boolean held) {
        loop().ownership.check();
        if (held) {
            closeGate(Interest.GATE_HELD);
        } else {
            openGate(Interest.GATE_HELD);
        }
    }

    /**
     * For a subclass that tells messages apart: one has begun and is not complete, so that
     * {@link ChannelOptions#messageTimeout()} counts from this turn on. While the channel is not read, by its own doing,
     * the time is not the peer's, and counts from the beginning when reading goes on.
     */
    protected final void messageBegan() {
        inMessage = true;
        Duration timeout = options.messageTimeout();
        if (timeout != null) {
            deadlines().messageBegan(timeout);
        }
    }

    /** For a subclass that tells messages apart: the message is complete or given up, and no other has begun. */
    protected final void messageEnded() {
        inMessage = false;
        Deadlines known = deadlinesIfAny();
        if (known != null) {
            known.messageEnded();
        }
    }

    /** Is a message half received, as far as the subclass tells? */
    final boolean isInMessage() {
        return inMessage;
    }

    /**
     * For a subclass that keeps input until there is more of it: so many bytes at present. They count towards the
     * {@linkplain EventLoop#setMemoryBudget memory budget} of the loop.
     */
    protected final void noteHeldInput(long bytes) {
        checkThread();
        inputHeld(bytes);
    }

    /** For a subclass that keeps input of its own: true calls {@link Dispatcher#handleRead()} although nothing has arrived. */
    protected boolean hasPendingInput() {
        return false;
    }

    @Override
    final boolean hasOwnInput() {
        return hasPendingInput();
    }
}
