package io.asyncore;

import io.asyncore.transport.DatagramTransport;
import io.asyncore.transport.Transport;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The part of a dispatcher that its loop works with: where it belongs and its way through life. What it waits for is its
 * {@link Interest}. Confined to the loop's thread unless a member says otherwise.
 */
abstract class Channel {

    /** News of which the channel hears when the callback in progress has returned. */
    static final int NEWS_PRESSURE = 1;

    static final int NEWS_DRAIN = 2;

    private static final AtomicLong IDS = new AtomicLong();

    private final long id = IDS.incrementAndGet();
    final Interest interest = new Interest(this);

    // where it belongs
    private volatile ChannelMap map;
    private boolean inMap;

    /** For the {@link ChannelTable}. */
    @Nullable Dispatcher nextInMap;

    @Nullable Transport transport;

    ChannelOptions options = ChannelOptions.DEFAULTS;

    // its life
    private volatile ChannelState state = ChannelState.NEW;
    private volatile @Nullable CloseReason closeReason;
    private volatile @Nullable SocketAddress address;
    private boolean inputEnded;
    private boolean eofPending;
    private boolean endPending;
    private boolean closedPending;
    private byte news;
    private long heldInput;
    private int transportInput;
    private int transportOutput;
    private @Nullable ChannelDrain drain;
    volatile boolean outputLost;
    boolean outputEnded;
    int callbackDepth;

    private @Nullable ChannelOwner owner;

    // for snapshots
    long opened;
    long lastInput;
    long bytesIn;
    long bytesOut;

    @Nullable String lastError;

    // what it has in the timer queue
    private @Nullable IdleDeadline idle;
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

    final boolean isInMap() {
        return inMap;
    }

    /**
     * Refuses the call on another thread than the one that runs this channel's loop.
     *
     * @throws IllegalStateException naming both threads
     */
    protected final void checkThread() {
        loop().ownership.check();
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
        if (options == ChannelOptions.DEFAULTS) {
            options = joined.loop().channelOptions();
        }
        loop().interestQueue.joined(self());
        rearmDeadlines();
        if (boundCalls != null) {
            boundCalls.forEach(ScheduledCall::resume);
        }
        interest.openGate(Interest.GATE_ACCEPT_BACKOFF);
        loop().memory.addInput(heldInput + transportInput);
        loop().memory.addOutput(queuedBytes() + transportOutput);
        outputJoined();
        joinedMap();
        if (loop().isDraining() && drain == null) {
            news |= NEWS_DRAIN;
        }
        loop().callbacks.settleLater(self());
    }

    final void leaveMap() {
        if (!inMap) {
            return;
        }
        loop().ownership.check();
        loop().memory.addInput(-heldInput - transportInput);
        loop().memory.addOutput(-queuedBytes() - transportOutput);
        inMap = false;
        loop().interestQueue.left(self());
        map.forget(self());
        interest.left();
        leftMap();
        if (drain != null) {
            drain.suspend();
        }
        disarmDeadlines();
        if (boundCalls != null) {
            boundCalls.forEach(ScheduledCall::suspend);
        }
        loop().channelLeft();
    }

    /** Something happened: its interest is asked before the loop waits again. */
    final void changed() {
        if (inMap) {
            loop().interestQueue.changed(self());
        }
    }

    /** One of the loop's steps for every channel that changed. */
    final void updateInterest() throws IOException {
        Transport open = transport;
        if (open != null && inMap) {
            interest.update(open, loop());
            if (drain != null) {
                drain.look();
            }
        }
    }

    // ---- what queueing classes and chat add ----

    /** It has left its map, for good or for another one. */
    void leftMap() {}

    /** It is in a map, perhaps another than before: what waits for it is delivered there. */
    void joinedMap() {}

    /** The same for output that waits: it must be written there. */
    void outputJoined() {}

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

    /** The kernel takes output again. */
    void outputPossible() {}

    /** Takes one of the news that are due: what it means, and the callback for it. */
    abstract Callbacks.Callback takeNews(int due);

    /** Is there output of other threads that the loop has not seen yet? */
    boolean hasOutputOnItsWay() {
        return false;
    }

    /** How many bytes of output its loop keeps. */
    long queuedBytes() {
        return 0;
    }

    /** Gives away what is queued, for another transport to send; empty where nothing is. */
    ByteBuffer takeQueuedOutput() {
        return ByteBuffer.allocate(0);
    }

    /** Bytes that wait to be written, those from other threads included. */
    long pendingOutput() {
        return 0;
    }

    /** Forgets queued output and returns how many bytes that were. */
    long discardOutput() {
        return 0;
    }

    /** After {@code closeWhenDone}: what still arrives is thrown away. */
    void discardInput() throws IOException {}

    /** It is closed: whoever holds it as a member forgets it. */
    void leaveGroups() {}

    /** Input that neither the poller nor the transport knows of. */
    boolean hasOwnInput() {
        return false;
    }

    // ---- its life ----

    final ChannelState state() {
        return state;
    }

    final void become(ChannelState next) {
        state = next;
        interest.stateChanged();
        changed();
    }

    /** Python's {@code connected}. Any thread. */
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
        checkThread();
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

    /** So many bytes of input wait for more. */
    final void inputHeld(long bytes) {
        if (inMap) {
            loop().memory.addInput(bytes - heldInput);
        }
        heldInput = bytes;
    }

    /** So many bytes of either wait in its transport, as the records of a TLS session do. */
    final void transportHolds(int input, int output) {
        if (inMap) {
            loop().memory.addInput(input - transportInput);
            loop().memory.addOutput(output - transportOutput);
        }
        transportInput = input;
        transportOutput = output;
    }

    /** Input and output that it keeps in memory, without what other threads have sent and its loop has not seen. */
    final long heldBytes() {
        return heldInput + queuedBytes() + transportInput + transportOutput;
    }

    /** The loop's channels hold too much, and this one the most. */
    final void shed() {
        end(CloseReason.OVERFLOW);
        reportDropped(discardOutput());
        inputHeld(0);
        transportHolds(0, 0);
    }

    /** From now on it closes as soon as there is nothing left to answer. */
    final void drainBy(ChannelDrain chosen) {
        if (drain == null) {
            drain = chosen;
            changed();
        }
    }

    final @Nullable ChannelDrain drain() {
        return drain;
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
        if (transport != null) {
            transport.close();
        }
        leaveMap();
        cancelBoundCalls();
        leaveGroups();
        loop().listeners.onEvent(LoopEvent.CLOSE, self());
        announceClosed();
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
        giver.attached(self());
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

    final CloseReason endReason() {
        CloseReason reason = closeReason;
        return reason == null ? CloseReason.LOCAL : reason;
    }

    // ---- what it has in the timer queue ----

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

    private void rearmDeadlines() {
        if (idle != null || deadlines != null) {
            watchIdle();
        }
        if (deadlines != null) {
            deadlines.rearm();
        }
    }

    private void disarmDeadlines() {
        if (idle != null) {
            idle.disarm();
        }
        if (deadlines != null) {
            deadlines.disarm();
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
