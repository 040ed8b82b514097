package io.asyncore;

import io.asyncore.transport.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The output of a queueing channel: what waits to be written, how it gets out, and what it means for the channel when too
 * much of it waits. Confined to the loop's thread, except for what says otherwise.
 */
final class Output {

    private static final AtomicLongFieldUpdater<Output> ELSEWHERE =
            AtomicLongFieldUpdater.newUpdater(Output.class, "handedOver");

    /** Queued past this within one callback, output is written before the callback returns. */
    private static final int WRITE_EARLY = 64 * 1024;

    private static final int DISCARD_AT_MOST = 64 * 1024;
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final DispatcherWithSend channel;
    private final WaterMarks marks;
    private @Nullable OutputQueue queue;
    private volatile long queued;
    private volatile long handedOver;
    private volatile boolean refusing;
    private volatile boolean finishing;
    private boolean closeRequested;
    private boolean endRequested;
    private boolean blocked;
    private boolean stalled;
    private boolean unwritten;
    private boolean lingering;
    private int discarded;
    private int heldBack;

    Output(DispatcherWithSend channel) {
        this.channel = channel;
        this.marks = new WaterMarks(channel);
    }

    // ---- queueing ----

    /** Is there any use in sending? Any thread. */
    boolean isAccepted() {
        return !refusing && !channel.outputLost && channel.closeReason() == null && !channel.isClosed();
    }

    /** From another thread: a copy is handed to the loop, and counted from now on. */
    void handOver(ByteBuffer copy) {
        int length = copy.remaining();
        if (handedOver > channel.options.hardLimit()) {
            throw new RejectedExecutionException(channel + ": " + handedOver
                    + " bytes from other threads wait for the loop, more than the hard limit allows");
        }
        EventLoop loop = channel.loop();
        handedOver(length, loop);
        try {
            loop.execute(() -> {
                handedOver(-length, loop);
                arrived(copy, length);
            });
        } catch (RuntimeException rejected) {
            handedOver(-length, loop);
            throw rejected;
        }
    }

    private void handedOver(int more, EventLoop loop) {
        ELSEWHERE.addAndGet(this, more);
        loop.memory.addOnItsWay(more);
    }

    private void arrived(ByteBuffer copy, int length) {
        if (closeRequested || channel.outputLost || channel.isEnding()) {
            channel.reportDropped(length);
        } else {
            add(copy);
        }
    }

    void add(ByteBuffer data) {
        long before = queued;
        OutputQueue output = queue();
        if (data.remaining() > WRITE_EARLY && !writeThrough(output, data)) {
            return;
        }
        output.add(data);
        added(output, before);
    }

    /**
     * Bytes that a group sends to all its members, and that stay shared by them. They come without the counting that keeps
     * an end requested on the loop behind what other threads have sent, so that they may come too late.
     */
    void addShared(ByteBuffer data) {
        if (closeRequested || endRequested || channel.outputEnded || channel.outputLost || channel.isEnding()) {
            channel.reportDropped(data.remaining());
            return;
        }
        long before = queued;
        OutputQueue output = queue();
        output.addShared(data);
        added(output, before);
    }

    private void added(OutputQueue output, long before) {
        if (output.size() > WRITE_EARLY && !blocked) {
            queuedIs(output.size());
            writeQueued();
        }
        sizeIs(output.size());
        if (before > channel.options.highWaterMark() && queued > channel.options.hardLimit()) {
            overflow();
        }
        writeLater();
    }

    /** Writes what goes at once of a large buffer; false if the channel was lost over it. */
    private boolean writeThrough(OutputQueue output, ByteBuffer data) {
        Transport transport = channel.transport;
        if (blocked || transport == null || !channel.isConnected() || !channel.isSending()) {
            return true;
        }
        channel.interest.noteWork();
        try {
            channel.noteWritten(
                    output.writeThrough(transport, data, channel.loop().turnNumber()));
            return true;
        } catch (IOException e) {
            channel.writeFailed(e);
            return false;
        }
    }

    void add(Callable<byte @Nullable []> source) {
        queue().add(source);
        writeLater();
    }

    private OutputQueue queue() {
        if (queue == null) {
            queue = channel.loop().buffers.takeQueue();
        }
        return queue;
    }

    boolean hasHandedOver() {
        return handedOver > 0;
    }

    /** The channel is in a map, perhaps another than before. */
    void joined() {
        unwritten = false;
        if (queue != null) {
            queue.belongsTo(channel.loop().buffers);
        }
        if (queue != null || closeRequested) {
            writeLater();
        }
    }

    /** Written when the callback that runs returns, if it is this channel's, or else before the loop waits. */
    private void writeLater() {
        if (channel.loop().callbacks.running() != channel && !unwritten) {
            unwritten = true;
            channel.loop().callbacks.mustWrite(channel);
        }
    }

    boolean takeUnwritten() {
        boolean due = unwritten;
        unwritten = false;
        return due;
    }

    /** One more attempt, then the verdict. */
    private void overflow() {
        blocked = false;
        writeQueued();
        if (queued > channel.options.hardLimit()) {
            channel.logInfo(
                    channel + ": closed, as " + queued + " bytes of output wait for a peer that does not read",
                    "warning");
            channel.end(CloseReason.OVERFLOW);
            channel.reportDropped(discard());
        }
    }

    /** Less than the high mark waits. Any thread. */
    boolean isBelowMark() {
        return marks.isBelow() && size() <= channel.options.highWaterMark();
    }

    /** Bytes that wait, those from other threads included. Any thread. */
    int size() {
        return (int) Math.min(Integer.MAX_VALUE, queued + handedOver);
    }

    boolean isWaiting() {
        return queue != null;
    }

    // ---- writing ----

    /** Is there something to do that a refusal of the kernel does not stand in the way of? */
    boolean wantsFlush() {
        boolean toWrite = queue != null && !blocked;
        boolean toFinish = (closeRequested && !lingering) || (endRequested && queue == null);
        return (toWrite || toFinish) && channel.isConnected() && !channel.isEnding();
    }

    void unblock() {
        blocked = false;
    }

    /** Pulls from the sources and writes what is queued, as far as it goes without blocking. */
    void write() throws Exception {
        if (closeRequested && channel.state() == ChannelState.CONNECTED) {
            channel.become(ChannelState.CLOSING);
        }
        if (queue != null && channel.isConnected() && channel.isSending()) {
            long turn = channel.loop().turnNumber();
            int below = channel.options.highWaterMark();
            writeQueued(); // bytes first: a source behind them may fail
            while (queue != null && heldBack == 0 && queue.mayPull(turn)) {
                queue.pull(turn, below);
                writeQueued();
            }
        }
        endIfWritten();
        if (closeRequested && queue == null && channel.isConnected()) {
            finish();
        }
    }

    /** Writes the bytes that are queued, as far as it goes. */
    void writeQueued() {
        OutputQueue output = queue;
        Transport transport = channel.transport;
        if (output == null || transport == null || !channel.isConnected() || !channel.isSending()) {
            return;
        }
        long turn = channel.loop().turnNumber();
        channel.interest.noteWork();
        try {
            channel.noteWritten(output.write(transport, turn));
        } catch (IOException e) {
            channel.writeFailed(e);
            return;
        }
        sizeIs(output.size());
        noteHeldBack(transport.pendingOutput());
        blocked = !output.isEmpty() || heldBack > 0;
        if (!blocked) {
            stalled = false;
            release(output);
        } else if (!stalled) {
            stalled = true;
            channel.deadlines().watchWriteStall();
        }
    }

    /** What the transport itself has not got rid of yet: as long as there is some, the output is not out. */
    private void noteHeldBack(int bytes) {
        if (bytes < heldBack) {
            channel.deadlines().outputMoved();
        }
        heldBack = bytes;
    }

    /** So much waits now: the water marks look at it. */
    private void sizeIs(long now) {
        queuedIs(now);
        marks.sizeIs(now);
    }

    private void queuedIs(long now) {
        if (channel.isInMap()) {
            channel.loop().memory.addOutput(now - queued);
        }
        queued = now;
    }

    /** Bytes that wait on the loop. */
    long queued() {
        return queued;
    }

    /** See {@link WaterMarks#takeCrossing()}. */
    boolean takeCrossing() {
        return marks.takeCrossing();
    }

    /**
     * Gives away what waits, for another transport to send.
     *
     * @throws IllegalStateException if there is a source among it
     */
    ByteBuffer take() {
        writeQueued();
        OutputQueue output = queue;
        if (output == null) {
            return ByteBuffer.allocate(0);
        }
        if (endRequested || output.hasSources()) {
            throw new IllegalStateException(
                    channel + " still has a producer to send from, or its end: let it finish first");
        }
        ByteBuffer all = output.copy();
        discard();
        return all;
    }

    private void release(OutputQueue empty) {
        queue = null;
        channel.loop().buffers.giveBack(empty);
    }

    /** Forgets what waits and returns how many bytes that were. */
    long discard() {
        OutputQueue output = queue;
        if (output == null) {
            return 0;
        }
        long dropped = output.clear();
        release(output);
        sizeIs(0);
        blocked = false;
        stalled = false;
        return dropped;
    }

    // ---- ending ----

    void refuseMore() {
        refusing = true;
    }

    /** The end of the output follows what is queued. */
    void requestEnd() {
        refuseMore();
        endRequested = true;
        writeLater();
    }

    private void endIfWritten() throws IOException {
        if (endRequested && queue == null && channel.isConnected() && channel.isSending()) {
            endRequested = false;
            channel.outputEnded = true;
            channel.requireTransport().shutdownOutput();
        }
    }

    /** From the call on: the request itself may still be on its way behind pushes of other threads. */
    boolean isFinishing() {
        return closeRequested || finishing;
    }

    void refuseMoreAndParseNoMore() {
        refusing = true;
        finishing = true;
    }

    void requestClose() {
        if (closeRequested || channel.isEnding()) {
            return;
        }
        refuseMoreAndParseNoMore();
        closeRequested = true;
        if (channel.isConnected()) {
            channel.become(ChannelState.CLOSING);
            writeLater();
        } else if (!channel.isConnecting()) {
            channel.end(CloseReason.LOCAL);
        }
    }

    /** Everything is out: says so to the peer, and gives it some time to end its side. */
    private void finish() throws IOException {
        if (lingering) {
            return;
        }
        if (channel.isInputEnded() || channel.outputLost) {
            lingering = true;
            channel.end(channel.outputLost ? CloseReason.RESET : CloseReason.LOCAL);
            return;
        }
        channel.requireTransport().shutdownOutput();
        lingering = isOut(channel.requireTransport());
        if (lingering) {
            channel.changed();
            channel.deadlines().watchLinger(LINGER);
        }
    }

    /** If the transport holds something back, even its own end, that waits as output does. */
    private boolean isOut(Transport transport) {
        heldBack = transport.pendingOutput();
        if (heldBack > 0) {
            queue();
            blocked = true;
            stalled = true;
            channel.deadlines().watchWriteStall();
        }
        return heldBack == 0;
    }

    /** What still arrives after the close was requested. */
    void discardInput(int count) {
        discarded += count;
        if (channel.isInputEnded() || discarded > DISCARD_AT_MOST) {
            channel.end(CloseReason.LOCAL);
        }
    }
}
