package io.asyncore;

import io.asyncore.transport.Registration;
import io.asyncore.transport.Transport;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The part of a channel that says what it waits for: its own predicates, {@code readable()} and {@code writable()}, and our
 * gates. Confined to the loop's thread.
 */
abstract class Interest extends Timed {

    /** Gates, one bit each; a closed one keeps its channel from being read or accepted from. */
    static final int GATE_PAUSED = 1;

    static final int GATE_BACK_PRESSURE = 2;
    static final int GATE_ACCEPT_BACKOFF = 4;
    static final int GATE_HELD = 8;
    static final int GATE_OFF_LOOP = 16;

    /** Closed, the transport hears of everything that is found, and the dispatcher of nothing. */
    static final int GATE_HANDSHAKE = 32;

    /** After so many events in a row without a read, write or accept, a warning is due. */
    static final int FRUITLESS_LIMIT = 1000;

    /** What the poller was told must be told again. */
    private static final byte UNKNOWN = -1;

    final ClassInterest kind = ClassInterest.of(getClass());
    private @Nullable Registration registration;
    private byte registeredOps;
    private byte gates;

    /** What was found ready and not served yet. */
    byte readyOps;

    /** Is it in the {@link InterestQueue}? */
    boolean toBeAsked;

    private boolean worked;
    private short fruitless;

    Interest(ChannelMap map) {
        super(map);
    }

    /** Something happened: it is asked before the loop waits again. */
    final void changed() {
        if (isInMap()) {
            loop().interestQueue.changed(self());
        }
    }

    final boolean isGateClosed() {
        return gates != 0;
    }

    final void closeGate(int gate) {
        gates |= (byte) gate;
        changed();
    }

    final void openGate(int gate) {
        boolean wasClosed = gates != 0;
        gates &= (byte) ~gate;
        changed();
        if (wasClosed && gates == 0) {
            readingResumed();
        }
    }

    /** Asks the predicates, tells the poller, and has served what is ready without it. */
    final void updateWatch(Transport transport, EventLoop loop) throws IOException {
        int wanted = wantedOps();
        if (!isInLoop(loop)) {
            return; // a predicate has closed or moved it
        }
        if (registration == null && wanted != 0) {
            registration = transport.register(loop.poller(), this);
        }
        if (registration != null && wanted != registeredOps) {
            registration.interest(wanted);
            registeredOps = (byte) wanted;
        }
        int local = localOps(transport, wanted);
        if (local != 0) {
            loop.foundReady(self(), local);
        }
    }

    private int localOps(Transport transport, int wanted) {
        return (transport.localReadiness() | (isOwnInputWanted() ? Transport.READ : 0)) & wanted;
    }

    /** Is there nothing to ask, nor to tell the poller? Not queueing most channels after a callback saves 5 % of an echo. */
    final boolean isInterestSettled() {
        Transport open = transport;
        if (!kind.plain() || open == null || (extrasIfAny() != null && drain() != null)) {
            return false;
        }
        int wanted = wantedOps();
        return wanted == registeredOps && localOps(open, wanted) == 0;
    }

    /** While closing nobody takes it, and during a handshake nobody may. */
    private boolean isOwnInputWanted() {
        return state() != ChannelState.CLOSING && !isShakingHands() && hasOwnInput();
    }

    private boolean isShakingHands() {
        return (gates & GATE_HANDSHAKE) != 0;
    }

    private int wantedOps() {
        if (isShakingHands()) {
            return isConnected() ? Transport.READ | Transport.WRITE : 0;
        }
        return switch (state()) {
            case CONNECTING -> Transport.WRITE;
            case LISTENING -> gates == 0 && readable() ? Transport.READ : 0;
            case NEW -> isDatagram() ? openOps() : 0;
            case CONNECTED -> openOps();
            case CLOSING -> hasBlockedOutput() ? Transport.WRITE : isInputEnded() ? 0 : Transport.READ;
            case CLOSED -> 0;
        };
    }

    private int openOps() {
        boolean read = gates == 0 && !isInputEnded() && (readable() || isOutputLost());
        int ops = (read ? Transport.READ : 0) | (wantsWrite() ? Transport.WRITE : 0);
        return ops == 0 ? 0 : ops | Transport.EXPT;
    }

    /** Output waits, or the class wants to know; and its predicate says so. */
    final boolean wantsWrite() {
        return !isOutputLost() && (kind.handlesWrite() || hasBlockedOutput()) && writable();
    }

    /** Does an event that was found still concern the channel, after what the callbacks before it did? */
    final boolean stillWants(int op, EventLoop loop) {
        ChannelState state = state();
        boolean gateOpen = gates == 0 || state == ChannelState.CLOSING; // what arrives then is only thrown away
        return isInLoop(loop)
                && state != ChannelState.CLOSED
                && (op != Transport.READ || isShakingHands() || (gateOpen && !isInputEnded()));
    }

    /** Does it wait for this event, whether or not it was found? */
    final boolean isWatching(int op, EventLoop loop) {
        return registration != null && registeredOps > 0 && (registeredOps & op) != 0 && stillWants(op, loop);
    }

    /**
     * What it waits for may be there although nobody has said so: the process may have been stopped for a while, and a poller
     * names a thousand channels at a time.
     */
    @Override
    final void tryOnce() {
        EventLoop loop = loop();
        tryOnce(Transport.READ, loop);
        tryOnce(Transport.WRITE, loop);
    }

    private void tryOnce(int op, EventLoop loop) {
        if (isWatching(op, loop)) {
            loop.callbacks.serve(self(), op);
        }
    }

    /** The same bits mean something else to the poller now: while connecting, WRITE is the end of the connect. */
    final void stateChanged() {
        registeredOps = UNKNOWN;
    }

    /** The channel's transport is another one. */
    final void watchAnew() {
        cancelWatch();
        changed();
    }

    /** It leaves its map: another poller may watch it next, and another queue ask it. */
    final void unwatch() {
        cancelWatch();
        toBeAsked = false;
        readyOps = 0;
    }

    private void cancelWatch() {
        if (registration != null) {
            registration.cancel();
            registration = null;
            registeredOps = 0;
        }
    }

    final void beginWork() {
        worked = false;
    }

    final void noteWork() {
        worked = true;
    }

    final boolean hasWorked() {
        return worked;
    }

    /** How many events in a row were served without a read, write or accept. */
    final int workMissing() {
        fruitless = worked ? 0 : (short) Math.min(fruitless + 1, FRUITLESS_LIMIT + 1);
        return fruitless;
    }
}
