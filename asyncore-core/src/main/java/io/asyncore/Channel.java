package io.asyncore;

import io.asyncore.transport.Transport;
import java.io.IOException;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The part of a dispatcher that its loop works with: its way through life, and into its map and out of it.
 * Confined to the loop's thread unless a member says otherwise.
 */
abstract class Channel extends Interest {

    /** News of which the channel hears when the callback in progress has returned. */
    static final int NEWS_PRESSURE = 1;

    static final int NEWS_DRAIN = 2;

    // its life
    private volatile ChannelState state = ChannelState.NEW;
    private volatile @Nullable CloseReason closeReason;
    private volatile @Nullable SocketAddress address;
    private boolean inputEnded;
    private boolean eofPending;
    private boolean endPending;
    private boolean closedPending;
    private byte news;
    volatile boolean outputLost;
    boolean outputEnded;
    short callbackDepth;

    private @Nullable ChannelOwner owner;

    // for snapshots
    long opened;
    long bytesIn;
    long bytesOut;

    Channel(ChannelMap map) {
        super(map);
    }

    // ---- where it belongs ----

    /** The map has taken it in. */
    final void joined(ChannelMap joined) {
        entered(joined);
        if (options.areDefaults()) {
            options = joined.loop().channelOptions();
        }
        loop().interestQueue.joined(self());
        resumeTimers();
        openGate(Interest.GATE_ACCEPT_BACKOFF);
        loop().memory.addInput(heldInput());
        loop().memory.addOutput(heldOutput());
        outputJoined();
        joinedMap();
        if (loop().isDraining() && drain() == null) {
            news |= NEWS_DRAIN;
        }
        loop().callbacks.settleLater(self());
    }

    final void leaveMap() {
        if (!isInMap()) {
            return;
        }
        loop().ownership.check();
        loop().memory.addInput(-heldInput());
        loop().memory.addOutput(-heldOutput());
        left();
        loop().interestQueue.left(self());
        map().forget(self());
        unwatch();
        leftMap();
        ChannelDrain drain = drain();
        if (drain != null) {
            drain.suspend();
        }
        suspendTimers();
        loop().channelLeft();
    }

    /** One of the loop's steps for every channel that changed. */
    final void updateInterest() throws IOException {
        Transport open = transport;
        if (open != null && isInMap()) {
            updateWatch(open, loop());
            ChannelDrain drain = drain();
            if (drain != null) {
                drain.look();
            }
        }
    }

    // ---- its life ----

    @Override
    final ChannelState state() {
        return state;
    }

    final void become(ChannelState next) {
        state = next;
        stateChanged();
        changed();
    }

    /** Python's {@code connected}. Any thread. */
    @Override
    public final boolean isConnected() {
        return state == ChannelState.CONNECTED || state == ChannelState.CLOSING;
    }

    /** Does it listen? Python's {@code accepting}. Any thread. */
    public final boolean isAccepting() {
        return state == ChannelState.LISTENING;
    }

    /** Python's {@code connecting}. Any thread. */
    public final boolean isConnecting() {
        return state == ChannelState.CONNECTING;
    }

    /** Python's {@code closing}. Any thread. */
    public final boolean isClosed() {
        return state == ChannelState.CLOSED;
    }

    /** The peer's address, or the local one of a listener; null while there is none. Python's {@code addr}. */
    public final @Nullable SocketAddress address() {
        return address;
    }

    final void setAddress(@Nullable SocketAddress known) {
        address = known;
    }

    @Override
    final boolean isInputEnded() {
        return inputEnded;
    }

    @Override
    final boolean isOutputLost() {
        return outputLost;
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
        checkThread();
        if (closeReason == null && state != ChannelState.CLOSED) {
            closeReason = reason;
            endPending = true;
            loop().callbacks.settleLater(self());
            if (reason.isOurs()) {
                self().logEnd(reason);
            }
        }
    }

    final boolean takeEnd() {
        boolean due = endPending && state != ChannelState.CLOSED;
        endPending = false;
        return due;
    }

    /** Something has happened of which the channel must hear. */
    final void addNews(int what) {
        news |= (byte) what;
        loop().callbacks.settleLater(self());
    }

    final void dropNews(int what) {
        news &= (byte) ~what;
    }

    /** The callback by which it hears of the next; news wait until it is connected, and die with it. */
    final Callbacks.@Nullable Callback nextNews() {
        boolean hears = state == ChannelState.CONNECTED || (state == ChannelState.NEW && isDatagram());
        return news != 0 && hears && !endPending && !outputLost ? takeNews(news) : null;
    }

    /** From now on it closes as soon as there is nothing left to answer. */
    final void drainBy(ChannelDrain chosen) {
        if (drain() == null) {
            extras().drain = chosen;
            changed();
        }
    }

    @Override
    final @Nullable ChannelDrain drain() {
        Extras extras = extrasIfAny();
        return extras == null ? null : extras.drain;
    }

    @Override
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
        hangUp();
        leaveMap();
        cancelBoundCalls();
        leaveGroups();
        loop().listeners.onEvent(LoopEvent.CLOSE, self());
        announceClosed();
    }

    private void hangUp() {
        boolean cutOff = isCutOff();
        reportDropped(discardOutput());
        Transport open = transport;
        if (open != null && cutOff) {
            open.abort();
        } else if (open != null) {
            open.close();
        }
    }

    /** Outside a poll nobody else would say it. */
    private void announceClosed() {
        if (loop().ownership.depth() == 0) {
            takeClosed();
            tellClosed();
        } else {
            loop().callbacks.settleLater(self());
        }
    }

    final void belongsTo(ChannelOwner giver) {
        owner = giver;
        owner = giver.attached(self());
    }

    /** None of its callbacks is running, or will run again. */
    final void tellClosed() {
        loop().listeners.onClosed(self(), endReason());
        if (owner != null) {
            owner.closed(self());
        }
    }

    final boolean takeClosed() {
        boolean due = closedPending;
        closedPending = false;
        return due;
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

    /** The same for hot paths, see {@link #extrasIfAny}. Any thread. */
    final boolean hasCloseReason() {
        return closeReason != null;
    }

    final CloseReason endReason() {
        CloseReason reason = closeReason;
        return reason == null ? CloseReason.LOCAL : reason;
    }
}
