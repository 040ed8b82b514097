package io.asyncore;

import io.asyncore.transport.Registration;
import io.asyncore.transport.Transport;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * What one channel waits for: its own predicates, {@code readable()} and {@code writable()}, and our gates. Confined to
 * the loop's thread but for {@link #nameElsewhere()}.
 */
final class Interest {

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

    private static final AtomicIntegerFieldUpdater<Interest> NAMED =
            AtomicIntegerFieldUpdater.newUpdater(Interest.class, "namedElsewhere");

    private final Channel channel;
    final ClassInterest kind;
    private @Nullable Registration registration;
    private byte registeredOps;
    private byte gates;

    /** What was found ready and not served yet. */
    byte readyOps;

    /** For the {@link InterestQueue}: is it queued, and where does it stand among those asked each turn? */
    boolean queued;

    int eachTurnIndex;

    @SuppressWarnings("UnusedVariable") // through NAMED
    private volatile int namedElsewhere;

    private boolean worked;
    private short fruitless;

    Interest(Channel channel) {
        this.channel = channel;
        this.kind = ClassInterest.of(channel.getClass());
    }

    boolean isGateClosed() {
        return gates != 0;
    }

    void closeGate(int gate) {
        gates |= (byte) gate;
        channel.changed();
    }

    void openGate(int gate) {
        boolean wasClosed = gates != 0;
        gates &= (byte) ~gate;
        channel.changed();
        if (wasClosed && gates == 0) {
            channel.readingResumed();
        }
    }

    /** True for the first who names it since the loop last looked. Any thread. */
    boolean nameElsewhere() {
        return NAMED.compareAndSet(this, 0, 1);
    }

    void heardFromElsewhere() {
        NAMED.set(this, 0);
    }

    /** Asks the predicates, tells the poller, and has served what is ready without it. */
    void update(Transport transport, EventLoop loop) throws IOException {
        int wanted = wantedOps();
        if (!channel.isInLoop(loop)) {
            return; // a predicate has closed or moved it
        }
        if (registration == null && wanted != 0) {
            registration = transport.register(loop.poller(), channel);
        }
        if (registration != null && wanted != registeredOps) {
            registration.interest(wanted);
            registeredOps = (byte) wanted;
        }
        int local = localOps(transport, wanted);
        if (local != 0) {
            loop.foundReady(channel.self(), local);
        }
    }

    private int localOps(Transport transport, int wanted) {
        return (transport.localReadiness() | (isOwnInputWanted() ? Transport.READ : 0)) & wanted;
    }

    /** Is there nothing to ask, nor to tell the poller? Not queueing most channels after a callback saves 5 % of an echo. */
    boolean isSettled() {
        Transport open = channel.transport;
        if (!kind.plain() || open == null || channel.drain() != null) {
            return false;
        }
        int wanted = wantedOps();
        return wanted == registeredOps && localOps(open, wanted) == 0;
    }

    /** While closing nobody takes it, and during a handshake nobody may. */
    private boolean isOwnInputWanted() {
        return channel.state() != ChannelState.CLOSING && !isShakingHands() && channel.hasOwnInput();
    }

    private boolean isShakingHands() {
        return (gates & GATE_HANDSHAKE) != 0;
    }

    private int wantedOps() {
        if (isShakingHands()) {
            return channel.isConnected() ? Transport.READ | Transport.WRITE : 0;
        }
        return switch (channel.state()) {
            case CONNECTING -> Transport.WRITE;
            case LISTENING -> gates == 0 && channel.readable() ? Transport.READ : 0;
            case NEW -> channel.isDatagram() ? openOps() : 0;
            case CONNECTED -> openOps();
            case CLOSING -> channel.hasBlockedOutput() ? Transport.WRITE : channel.isInputEnded() ? 0 : Transport.READ;
            case CLOSED -> 0;
        };
    }

    private int openOps() {
        boolean read = gates == 0 && !channel.isInputEnded() && (channel.readable() || channel.outputLost);
        int ops = (read ? Transport.READ : 0) | (wantsWrite() ? Transport.WRITE : 0);
        return ops == 0 ? 0 : ops | Transport.EXPT;
    }

    /** Output waits, or the class wants to know; and its predicate says so. */
    boolean wantsWrite() {
        return !channel.outputLost && (kind.handlesWrite() || channel.hasBlockedOutput()) && channel.writable();
    }

    /** Does an event that was found still concern the channel, after what the callbacks before it did? */
    boolean stillWants(int op, EventLoop loop) {
        ChannelState state = channel.state();
        boolean gateOpen = gates == 0 || state == ChannelState.CLOSING; // what arrives then is only thrown away
        return channel.isInLoop(loop)
                && state != ChannelState.CLOSED
                && (op != Transport.READ || isShakingHands() || (gateOpen && !channel.isInputEnded()));
    }

    /** Does it wait for this event, whether or not it was found? */
    boolean isWatching(int op, EventLoop loop) {
        return registration != null && registeredOps > 0 && (registeredOps & op) != 0 && stillWants(op, loop);
    }

    /** The same bits mean something else to the poller now: while connecting, WRITE is the end of the connect. */
    void stateChanged() {
        registeredOps = UNKNOWN;
    }

    /** The channel's transport is another one. */
    void watchAnew() {
        if (registration != null) {
            registration.cancel();
            registration = null;
            registeredOps = 0;
        }
        channel.changed();
    }

    /** It leaves its map: another poller may watch it next, and another queue ask it. */
    void left() {
        watchAnew();
        queued = false;
        readyOps = 0;
        heardFromElsewhere();
    }

    void beginWork() {
        worked = false;
    }

    void noteWork() {
        worked = true;
    }

    boolean hasWorked() {
        return worked;
    }

    /** How many events in a row were served without a read, write or accept. */
    int workMissing() {
        fruitless = worked ? 0 : (short) Math.min(fruitless + 1, FRUITLESS_LIMIT + 1);
        return fruitless;
    }
}
