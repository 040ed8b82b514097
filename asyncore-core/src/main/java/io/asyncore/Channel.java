package io.asyncore;

import io.asyncore.transport.DatagramTransport;
import io.asyncore.transport.Registration;
import io.asyncore.transport.Transport;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The part of a dispatcher that its loop works with: where it belongs, what it waits for, and its way through life.
 * Confined to the loop's thread unless a member says otherwise.
 */
abstract class Channel {

    /** Gates, one bit each; a closed one keeps its channel from being read or accepted from. */
    static final int GATE_PAUSED = 1;

    static final int GATE_BACK_PRESSURE = 2;
    static final int GATE_ACCEPT_BACKOFF = 4;

    private static final AtomicLong IDS = new AtomicLong();
    private static final AtomicIntegerFieldUpdater<Channel> NAMED =
            AtomicIntegerFieldUpdater.newUpdater(Channel.class, "namedElsewhere");

    private final long id = IDS.incrementAndGet();
    final ClassInterest kind = ClassInterest.of(getClass());

    // where it belongs
    private volatile ChannelMap map;
    private boolean inMap;

    @Nullable Transport transport;

    private @Nullable Registration registration;

    @Nullable SocketAddress address;

    ChannelOptions options = ChannelOptions.DEFAULTS;

    // what it waits for
    private byte gates;
    private byte registeredOps;
    byte readyOps;
    boolean interestQueued;
    int eachTurnIndex;
    @SuppressWarnings("UnusedVariable") // through NAMED
    private volatile int namedElsewhere;


    // does it get on?
    static final int FRUITLESS_LIMIT = 1000;
    private boolean worked;
    private short fruitless;

    // its life
    private volatile ChannelState state = ChannelState.NEW;
    private volatile @Nullable CloseReason closeReason;
    private boolean inputEnded;
    private boolean eofPending;
    private boolean endPending;
    private boolean closedPending;
    boolean outputLost;
    int callbackDepth;
    private @Nullable Deadlines deadlines;
    private @Nullable Set<ScheduledCall> boundCalls;

    Channel(ChannelMap map) {
        this.map = map;
    }

    /** Python's {@code _fileno}, but for one thing: it only grows and is never used again. Any thread. */
    public final long id() {
        return id;
    }

    abstract Dispatcher self();

    protected abstract boolean readable();

    protected abstract boolean writable();

    // ---- where it belongs ----

    /** The map it is in, or will join. Python's {@code _map}. Any thread. */
    public final ChannelMap map() {
        return map;
    }

    final EventLoop loop() {
        return map.loop();
    }

    final boolean isInLoop(EventLoop loop) {
        return inMap && map.loop() == loop;
    }

    /** The transport, for work that needs one. */
    final Transport requireTransport() {
        Transport open = transport;
        if (open == null) {
            throw new IllegalStateException(this + " has no socket: call createSocket(), or give it one");
        }
        return open;
    }

    final boolean isDatagram() {
        return transport instanceof DatagramTransport;
    }

    /** The map has taken it in. */
    final void joined(ChannelMap joined) {
        map = joined;
        inMap = true;
        loop().interest.joined(self());
        if (deadlines != null) {
            deadlines.rearm();
        }
    }

    final void leaveMap() {
        if (!inMap) {
            return;
        }
        loop().ownership.check();
        inMap = false;
        loop().interest.left(self());
        map.forget(self());
        if (registration != null) {
            registration.cancel();
            registration = null;
            registeredOps = 0;
        }
        if (deadlines != null) {
            deadlines.disarm();
        }
        loop().channelLeft();
    }

    // ---- what it waits for ----

    final boolean isGateClosed() {
        return gates != 0;
    }

    final void closeGate(int gate) {
        gates |= (byte) gate;
        changed();
    }

    final void openGate(int gate) {
        gates &= (byte) ~gate;
        changed();
    }

    /** Something happened: its interest is asked before the loop waits again. */
    final void changed() {
        if (inMap) {
            loop().interest.changed(self());
        }
    }

    /** True for the first who names it since the loop last looked. Any thread. */
    final boolean nameElsewhere() {
        return NAMED.compareAndSet(this, 0, 1);
    }

    final void heardFromElsewhere() {
        NAMED.set(this, 0);
    }

    /** Writes queued output, as far as it goes without blocking. */
    void writeOutput() throws Exception {}

    /** Was it noted as having output to write? Not any more. */
    boolean takeUnwritten() {
        return false;
    }

    /** Has it output that could be written at once? */
    boolean wantsFlush() {
        return false;
    }

    /** Has it output that the kernel would not take? */
    boolean hasBlockedOutput() {
        return false;
    }

    /** Input that neither the poller nor the transport knows of. */
    boolean hasOwnInput() {
        return false;
    }

    /** The kernel takes output again. */
    void outputPossible() {}

    /** After {@code closeWhenDone}, which queueing classes alone have: what still arrives is thrown away. */
    void discardInput() throws IOException {}

    final void beginWork() {
        worked = false;
    }

    final void noteWork() {
        worked = true;
    }

    /** How many events in a row were served without a read, write or accept. */
    final int workMissing() {
        fruitless = worked ? 0 : (short) Math.min(fruitless + 1, FRUITLESS_LIMIT + 1);
        return fruitless;
    }

    private int wantedOps() {
        return switch (state) {
            case CONNECTING -> Transport.WRITE;
            case LISTENING -> gates == 0 && readable() ? Transport.READ : 0;
            case NEW -> isDatagram() ? streamOps() : 0;
            case CONNECTED -> streamOps();
            case CLOSING -> hasBlockedOutput() ? Transport.WRITE : inputEnded ? 0 : Transport.READ;
            case CLOSED -> 0;
        };
    }

    private int streamOps() {
        boolean read = !inputEnded && gates == 0 && (readable() || outputLost);
        boolean write = !outputLost && (kind.handlesWrite() || hasBlockedOutput()) && writable();
        int ops = (read ? Transport.READ : 0) | (write ? Transport.WRITE : 0);
        return ops == 0 ? 0 : ops | Transport.EXPT;
    }

    /** Asks the predicates, tells the poller, and serves what is ready without it. */
    final void updateInterest() throws IOException {
        Transport open = transport;
        if (open == null || !inMap) {
            return;
        }
        int wanted = wantedOps();
        if (registration == null && wanted != 0) {
            registration = open.register(loop().poller(), this);
        }
        if (registration != null && wanted != registeredOps) {
            registration.interest(wanted);
            registeredOps = (byte) wanted;
        }
        int local = (open.localReadiness() | (hasOwnInput() ? Transport.READ : 0)) & wanted;
        if (local != 0) {
            loop().foundReady(self(), local);
        }
    }

    /** Does an event that was found still concern it, after what the callbacks before it did? */
    final boolean stillWants(int op) {
        return inMap && state != ChannelState.CLOSED && (op != Transport.READ || (gates == 0 && !inputEnded));
    }

    final boolean wantsWrite() {
        return (streamOps() & Transport.WRITE) != 0;
    }

    // ---- its life ----

    final ChannelState state() {
        return state;
    }

    final void become(ChannelState next) {
        state = next;
        changed();
    }

    final boolean isInputEnded() {
        return inputEnded;
    }

    /** Nothing more will arrive: the channel hears of it when the current callback is over. */
    final void inputEnded() {
        if (!inputEnded) {
            inputEnded = true;
            eofPending = true;
            loop().callbacks.settleLater(self());
        }
    }

    final boolean takeEof() {
        boolean due = eofPending && !endPending && state != ChannelState.CLOSED;
        eofPending = false;
        return due;
    }

    /**
     * Ends the channel for a reason of its own: when the current callback has returned, {@code handleClose()} runs and the
     * channel is closed. What decides the end first names its reason.
     */
    protected final void end(CloseReason reason) {
        if (closeReason == null && state != ChannelState.CLOSED) {
            closeReason = reason;
            endPending = true;
            loop().callbacks.settleLater(self());
        }
    }

    final boolean takeEnd() {
        boolean due = endPending && state != ChannelState.CLOSED;
        endPending = false;
        return due;
    }

    final boolean isEnding() {
        return endPending || state == ChannelState.CLOSED;
    }

    /** Lets go of everything; harmless when that has been done. */
    final void dispose(CloseReason reason) {
        if (state == ChannelState.CLOSED) {
            return;
        }
        if (closeReason == null) {
            closeReason = reason;
        }
        state = ChannelState.CLOSED;
        endPending = false;
        closedPending = true;
        reportDropped(discardOutput());
        cancelBoundCalls();
        if (transport != null) {
            transport.close();
        }
        leaveMap();
        loop().listeners.onEvent(LoopEvent.CLOSE, self());
        announceClosed();
    }

    /** Outside a poll nobody else would say it. */
    private void announceClosed() {
        if (loop().ownership.depth() == 0) {
            takeClosed();
            loop().listeners.onClosed(self(), endReason());
        } else {
            loop().callbacks.settleLater(self());
        }
    }

    final boolean takeClosed() {
        boolean due = closedPending;
        closedPending = false;
        return due;
    }

    /** Forgets queued output and returns how many bytes that were. */
    long discardOutput() {
        return 0;
    }

    final void reportDropped(long bytes) {
        if (bytes > 0) {
            loop().listeners.onDropped(self(), bytes);
        }
    }

    /** Why it ended, or null while it has not. Any thread. */
    public final @Nullable CloseReason closeReason() {
        return closeReason;
    }

    final CloseReason endReason() {
        CloseReason reason = closeReason;
        return reason == null ? CloseReason.LOCAL : reason;
    }

    // ---- what it has in the timer queue ----

    final Deadlines deadlines() {
        if (deadlines == null) {
            deadlines = new Deadlines(self());
        }
        return deadlines;
    }

    final @Nullable Deadlines deadlinesIfAny() {
        return deadlines;
    }

    final void bind(ScheduledCall call) {
        if (state == ChannelState.CLOSED) {
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

    private void cancelBoundCalls() {
        if (boundCalls != null) {
            Set<ScheduledCall> bound = boundCalls;
            boundCalls = null;
            bound.forEach(ScheduledCall::cancel);
        }
    }
}
