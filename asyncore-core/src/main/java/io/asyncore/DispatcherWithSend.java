package io.asyncore;

import io.asyncore.transport.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A dispatcher with a queue for its output: {@code send} takes everything, and the loop writes it as the peer reads.
 * Python's {@code asyncore.dispatcher_with_send}.
 *
 * <p>What a callback queues is written, in one go, when it returns. While more than the high mark is queued the channel
 * is not {@link #isWritable() writable}, and it is not read either, until the low mark; above the hard limit it is closed
 * with {@link CloseReason#OVERFLOW}. See {@link ChannelOptions}.
 *
 * <p>{@link #send}, {@link #closeWhenDone()}, {@link #isWritable()} and {@link #outBufferSize()} may be called from any
 * thread; what one thread sends keeps its order.
 */
@TracksInterest
public class DispatcherWithSend extends Dispatcher {

    private static final AtomicIntegerFieldUpdater<DispatcherWithSend> ELSEWHERE =
            AtomicIntegerFieldUpdater.newUpdater(DispatcherWithSend.class, "sentElsewhere");

    /** Queued past this within one callback, output is written before the callback returns. */
    private static final int WRITE_EARLY = 64 * 1024;

    private static final int DISCARD_AT_MOST = 64 * 1024;
    private static final Duration LINGER = Duration.ofSeconds(1);

    private @Nullable OutputQueue queue;
    private volatile long queued;
    private volatile int sentElsewhere;
    private volatile boolean writable = true;
    private volatile boolean closeRequested;
    private boolean blocked;
    private boolean stalled;
    private boolean unwritten;
    private boolean lingering;
    private int discarded;

    /** Without a socket, for the {@linkplain ChannelMap#current() current map}. */
    public DispatcherWithSend() {}

    /** Without a socket; joins the map with its {@code createSocket}. */
    public DispatcherWithSend(ChannelMap map) {
        super(map);
    }

    /** On a connected transport, in the {@linkplain ChannelMap#current() current map}. */
    public DispatcherWithSend(Transport socket) {
        super(socket);
    }

    /** On a connected transport. */
    public DispatcherWithSend(Transport socket, ChannelMap map) {
        super(socket, map);
    }

    @Override
    final void refuseDatagrams() {
        throw new UnsupportedOperationException("a queue of output would tear datagrams apart: make "
                + getClass().getName() + " a plain Dispatcher");
    }

    // ---- queueing ----

    /**
     * Queues all of the data. Any thread.
     *
     * @return the number of bytes: all, or 0 if the channel is ending and takes no more
     * @throws java.util.concurrent.RejectedExecutionException on another thread than the loop's, if its task queue is full
     */
    @Override
    public int send(byte[] data) {
        return send(ByteBuffer.wrap(data));
    }

    /** The same; the buffer's remaining bytes are copied, and it ends up empty. */
    @Override
    public int send(ByteBuffer data) {
        if (!takesOutput()) {
            return 0;
        }
        int length = data.remaining();
        if (loop().inLoop()) {
            enqueue(data);
        } else {
            handOver(ByteBuffer.allocate(length).put(data).flip());
        }
        return length;
    }

    /** Is there any use in sending? Any thread. */
    private boolean takesOutput() {
        return !closeRequested && !outputLost && closeReason() == null && !isClosed();
    }

    private void handOver(ByteBuffer copy) {
        int length = copy.remaining();
        ELSEWHERE.addAndGet(this, length);
        try {
            loop().execute(() -> {
                ELSEWHERE.addAndGet(this, -length);
                if (!outputLost && !isEnding()) {
                    enqueue(copy);
                } else {
                    reportDropped(length);
                }
            });
        } catch (RuntimeException rejected) {
            ELSEWHERE.addAndGet(this, -length);
            throw rejected;
        }
    }

    private void enqueue(ByteBuffer data) {
        long before = queued;
        OutputQueue output = queue();
        output.add(data);
        queued = output.size();
        written();
        if (queued > WRITE_EARLY && !blocked) {
            writeQueued();
        }
        if (before > options.highWaterMark() && queued > options.hardLimit()) {
            overflow();
        }
        writeLater();
    }

    /**
     * Queues a source of output, asked for its next piece whenever less than the high mark waits; it is done when it
     * returns null or nothing. On the loop's thread.
     */
    protected final void sendFrom(Callable<byte @Nullable []> source) {
        loop().ownership.check();
        if (takesOutput()) {
            queue().add(source);
            writeLater();
        }
    }

    private OutputQueue queue() {
        if (queue == null) {
            queue = loop().buffers.takeQueue();
        }
        return queue;
    }

    /** Written when the current callback of this channel returns, or else before the loop waits. */
    private void writeLater() {
        if (callbackDepth == 0 && !unwritten) {
            unwritten = true;
            loop().callbacks.mustWrite(this);
        }
    }

    @Override
    final boolean takeUnwritten() {
        boolean due = unwritten;
        unwritten = false;
        return due;
    }

    /** One more attempt, then the verdict. */
    private void overflow() {
        blocked = false;
        writeQueued();
        if (queued > options.hardLimit()) {
            logInfo(this + ": closed, as " + queued + " bytes of output wait for a peer that does not read", "warning");
            end(CloseReason.OVERFLOW);
            reportDropped(discardOutput());
        }
    }

    // ---- writing ----

    @Override
    final boolean wantsFlush() {
        return ((queue != null && !blocked) || (closeRequested && !lingering)) && isConnected() && !isEnding();
    }

    @Override
    final boolean hasBlockedOutput() {
        return queue != null;
    }

    @Override
    final void outputPossible() {
        blocked = false;
    }

    /** Pulls from the sources and writes what is queued, as far as it goes without blocking. */
    @Override
    final void writeOutput() throws Exception {
        if (closeRequested && state() == ChannelState.CONNECTED) {
            become(ChannelState.CLOSING);
        }
        if (queue != null && isConnected() && isSending()) {
            queue.pull(loop().turnNumber(), options.highWaterMark());
            while (writeQueued() && queue != null) {
                queue.pull(loop().turnNumber(), options.highWaterMark());
            }
        }
        if (closeRequested && queue == null && isConnected()) {
            finishOutput();
        }
    }

    /** Writes the bytes that are queued; true if all of them went out and there is a source of more. */
    private boolean writeQueued() {
        OutputQueue output = queue;
        if (output == null || transport == null || !isConnected() || !isSending()) {
            return false;
        }
        noteWork();
        try {
            noteWritten(output.write(transport, loop().turnNumber()));
        } catch (IOException e) {
            writeFailed(e);
            return false;
        }
        queued = output.size();
        blocked = !output.isEmpty();
        written();
        if (!blocked) {
            stalled = false;
            releaseQueue();
        } else if (!stalled) {
            stalled = true;
            deadlines().watchWriteStall();
        }
        return blocked && output.mayPull(loop().turnNumber());
    }

    /** The amount of queued output has changed. */
    private void written() {
        long now = queued;
        if (writable && now > options.highWaterMark()) {
            writable = false;
            closeGate(GATE_BACK_PRESSURE);
        } else if (!writable && now <= options.lowWaterMark()) {
            writable = true;
            openGate(GATE_BACK_PRESSURE);
        }
    }

    private void releaseQueue() {
        if (queue != null) {
            loop().buffers.giveBack(queue);
            queue = null;
        }
    }

    @Override
    final long discardOutput() {
        if (queue == null) {
            return 0;
        }
        long dropped = queue.clear();
        releaseQueue();
        queued = 0;
        blocked = false;
        stalled = false;
        written();
        return dropped;
    }

    /** Forgets the output that waits; what was written is written. On the loop's thread. */
    protected final void discardQueued() {
        loop().ownership.check();
        reportDropped(discardOutput());
    }

    /** Python's {@code initiate_send}: tries to write now what is queued. On the loop's thread. */
    public final void initiateSend() throws Exception {
        loop().ownership.check();
        blocked = false;
        writeOutput();
    }

    @Override
    protected void handleWrite() throws Exception {
        initiateSend();
    }

    /** True while output waits, or the channel is not connected yet. Python's {@code writable}. */
    @Override
    protected boolean writable() {
        return !isConnected() || queue != null;
    }

    /** Less than the high mark waits. Any thread. */
    public final boolean isWritable() {
        return writable && outBufferSize() <= options.highWaterMark();
    }

    /** Bytes that wait to be written. Python's {@code len(out_buffer)}. Any thread. */
    public final int outBufferSize() {
        return (int) Math.min(Integer.MAX_VALUE, queued + sentElsewhere);
    }

    // ---- ending ----

    /**
     * Closes after everything queued so far was written. From now on nothing more is read or can be sent; when the output
     * is out, its end is sent, and what the peer still sends is thrown away for up to a second, so that the peer is not
     * told of a reset before it has read everything. {@link #handleClose()} runs at the end. Python's
     * {@code close_when_done}. Any thread.
     */
    public final void closeWhenDone() {
        if (loop().inLoop()) {
            requestClose();
        } else {
            loop().execute(this::requestClose);
        }
    }

    private void requestClose() {
        if (closeRequested || isEnding()) {
            return;
        }
        closeRequested = true;
        if (isConnected()) {
            become(ChannelState.CLOSING);
            writeLater();
        } else if (!isConnecting()) {
            end(CloseReason.LOCAL);
        }
    }

    /** True once {@link #closeWhenDone()} was called, or the channel has come to its end: nothing more is parsed. */
    protected final boolean isFinishing() {
        return closeRequested || isEnding();
    }

    private void finishOutput() throws IOException {
        if (lingering) {
            return;
        }
        lingering = true;
        become(ChannelState.CLOSING);
        if (isInputEnded() || outputLost) {
            end(CloseReason.LOCAL);
            return;
        }
        requireTransport().shutdownOutput();
        deadlines().watchLinger(LINGER);
    }

    @Override
    final void discardInput() throws IOException {
        int count = recv().remaining();
        discarded += count;
        if (isInputEnded() || discarded > DISCARD_AT_MOST) {
            end(CloseReason.LOCAL);
        }
    }

    @Override
    public void close() {
        loop().ownership.check();
        lastWrite();
        super.close();
    }

    /** {@code send("bye"); close()} delivers the bye if the kernel takes it. */
    private void lastWrite() {
        loop().runTasksIfFree();
        if (queue != null && !isClosed() && closeReason() == null) {
            writeQueued();
        }
    }
}
