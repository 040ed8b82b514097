package io.asyncore;

import io.asyncore.transport.DatagramTransport;
import io.asyncore.transport.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The part of a channel that says where it belongs and what it keeps in memory, and what its loop asks of it that only the
 * layers above can answer. Confined to the loop's thread unless a member says otherwise.
 */
abstract class Member extends TimerNode {

    private static final AtomicLong IDS = new AtomicLong();

    private final long id = IDS.incrementAndGet();
    private volatile ChannelMap map;
    private boolean inMap;

    @Nullable Transport transport;

    ChannelOptions options = ChannelOptions.DEFAULTS;

    /** When input arrived last, or else when it had its socket. */
    long lastInput;

    private @Nullable Extras extras;

    Member(ChannelMap map) {
        this.map = map;
    }

    /** Python's {@code _fileno}, but for one thing: it only grows and is never used again. Any thread. */
    public final long id() {
        return id;
    }

    abstract Dispatcher self();

    abstract ChannelState state();

    abstract boolean isConnected();

    abstract boolean isInputEnded();

    abstract boolean isEnding();

    abstract boolean isHandshaking();

    /** What it sends reaches nobody any more. */
    abstract boolean isOutputLost();

    /** Is some of what it was to send dropped for a limit, so that it must not look complete? */
    abstract boolean isCutOff();

    /** What closes it when nothing is left to be answered, if that is wanted. */
    abstract @Nullable ChannelDrain drain();

    protected abstract boolean readable();

    protected abstract boolean writable();

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

    final void entered(ChannelMap joined) {
        map = joined;
        inMap = true;
    }

    final void left() {
        inMap = false;
    }

    /** Made if there are none. */
    final Extras extras() {
        if (extras == null) {
            extras = new Extras(lastInput);
        }
        return extras;
    }

    /**
     * Asked on hot paths before those that return something of it: the compiler does not inline a method whose signature
     * names a class that is not loaded yet, as those are that few channels need.
     */
    final @Nullable Extras extrasIfAny() {
        return extras;
    }

    // ---- what it keeps in memory ----

    /** So many bytes of input wait for more. */
    final void inputHeld(long bytes) {
        if (bytes == 0 && extras == null) {
            return;
        }
        Extras mine = extras();
        if (isInMap()) {
            loop().memory.addInput(bytes - mine.heldInput);
        }
        mine.heldInput = bytes;
    }

    /** So many bytes of either wait in its transport, as the records of a TLS session do. */
    final void transportHolds(int input, int output) {
        Extras mine = extras();
        if (isInMap()) {
            loop().memory.addInput(input - mine.transportInput);
            loop().memory.addOutput(output - mine.transportOutput);
        }
        mine.transportInput = input;
        mine.transportOutput = output;
    }

    /** Input that waits for more, and what the transport holds. */
    final long heldInput() {
        return extras == null ? 0 : extras.heldInput + extras.transportInput;
    }

    /** Output that is queued, and what the transport holds. */
    final long heldOutput() {
        return queuedBytes() + (extras == null ? 0 : extras.transportOutput);
    }

    /** Input and output that it keeps in memory, without what other threads have sent and its loop has not seen. */
    final long heldBytes() {
        return heldInput() + heldOutput();
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
}
