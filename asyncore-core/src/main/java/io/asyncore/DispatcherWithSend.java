package io.asyncore;

import io.asyncore.transport.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A dispatcher with a queue for its output: {@code send} takes everything, and the loop writes it as the peer reads.
 * Python's {@code asyncore.dispatcher_with_send}.
 *
 * <p>What a callback queues is written, in one go, when it returns. While more than the high mark is queued the channel
 * is not {@link #isWritable() writable}, and it is not read either, until the low mark; above the hard limit it is closed
 * with {@link CloseReason#OVERFLOW}. See {@link ChannelOptions}. When a limit ends it and drops what waits, its peer sees a
 * reset instead of an end.
 *
 * <p>{@link #send}, {@link #closeWhenDone()}, {@link #isWritable()} and {@link #outBufferSize()} may be called from any
 * thread; what one thread sends keeps its order.
 */
@TracksInterest
public class DispatcherWithSend extends Queueing {

    /** Without a socket, for the {@linkplain ChannelMap#current() current map}. */
    public DispatcherWithSend() {
        this(ChannelMap.current());
    }

    /** Without a socket; joins the map with its {@code createSocket}. */
    public DispatcherWithSend(ChannelMap map) {
        super(map);
    }

    /** On a connected transport, in the {@linkplain ChannelMap#current() current map}. */
    @SuppressWarnings("this-escape")
    public DispatcherWithSend(Transport socket) {
        this(socket, ChannelMap.current());
    }

    /** On a connected transport. */
    @SuppressWarnings("this-escape")
    public DispatcherWithSend(Transport socket, ChannelMap map) {
        super(map);
        setSocket(socket);
    }

    // ---- sending ----

    /**
     * Queues all of the data. Any thread.
     *
     * @return the number of bytes: all, or 0 if the channel is ending and takes no more
     * @throws java.util.concurrent.RejectedExecutionException on another thread than the loop's, if its task queue is full
     */
    @Override
    public int send(byte[] data) {
        return mayStage() ? queueOutput(data) : send(ByteBuffer.wrap(data));
    }

    /** What overrides {@code send(ByteBuffer)} sees everything. */
    private boolean mayStage() {
        return kind.sendsAsOurs() && loop().inLoop();
    }

    /** The same; the buffer's remaining bytes are copied, and it ends up empty. */
    @Override
    public int send(ByteBuffer data) {
        if (!isOutputAccepted()) {
            return 0;
        }
        int length = data.remaining();
        if (loop().inLoop()) {
            queueOutput(data);
        } else {
            handOver(ByteBuffer.allocate(length).put(data).flip());
        }
        return length;
    }

    /** The same for text and the encoded end of it; either may be empty. */
    protected final int sendText(String text, byte[] end, Charset charset) {
        return mayStage() ? queueOutput(text, end, charset) : send(encoded(text, end, charset));
    }

    /**
     * Queues a number of so many bytes, from 1 to 8, the highest first, and data behind it: nothing that others send comes
     * between. Any thread.
     *
     * @return the number of bytes: all, or 0 if the channel is ending and takes no more
     */
    protected final int sendBehind(long number, int bytes, byte[] data) {
        if (bytes < 1 || bytes > Long.BYTES) {
            throw new IllegalArgumentException("a number has 1 to 8 bytes, not " + bytes);
        }
        if (mayStage() && stageOutput(number, bytes, data)) {
            return bytes + data.length;
        }
        ByteBuffer both = ByteBuffer.allocate(Math.addExact(bytes, data.length));
        for (int shift = (bytes - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            both.put((byte) (number >>> shift));
        }
        return send(both.put(data).flip());
    }

    /**
     * Queues a source of output, asked for its next piece whenever less than the high mark waits; it is done when it
     * returns null or nothing. On the loop's thread.
     */
    protected final void sendFrom(Callable<byte @Nullable []> source) {
        loop().ownership.check();
        if (!isOutputAccepted()) {
            OutputQueue.close(source);
        } else if (loop().inLoop()) {
            queueOutput(source);
        } else {
            loop().execute(() -> queueOutput(source)); // nobody runs the loop: behind what was sent so far
        }
    }

    /** Less than the high mark waits. Any thread. */
    public final boolean isWritable() {
        return isBelowMark();
    }

    /** Bytes that wait to be written. Python's {@code len(out_buffer)}. Any thread. */
    public final int outBufferSize() {
        return (int) pendingOutput();
    }

    /** Python's {@code initiate_send}: tries to write now what is queued. On the loop's thread. */
    public final void initiateSend() throws Exception {
        loop().ownership.check();
        loop().runTasksIfFree();
        outputPossible();
        writeOutput();
    }

    @Override
    protected void handleWrite() throws Exception {
        initiateSend();
    }

    /** True while output waits, or the channel is not connected yet. Python's {@code writable}. */
    @Override
    protected boolean writable() {
        return !isConnected() || hasBlockedOutput() || pendingOutput() > 0;
    }

    // ---- ending ----

    /**
     * Closes after everything queued so far was written. From now on nothing more is read or can be sent; when the output
     * is out, its end is sent, and what the peer still sends is thrown away for up to a second, so that the peer is not
     * told of a reset before it has read everything. {@link #handleClose()} runs at the end. Python's
     * {@code close_when_done}. Any thread.
     */
    public final void closeWhenDone() {
        if (closeReason() != null) {
            return;
        }
        if (loop().inLoop() && !hasOutputOnItsWay()) {
            refuseMore().requestClose();
        } else {
            loop().execute(() -> refuseMore().requestClose()); // behind what was sent so far
            refuseMore().finish();
        }
    }

    /**
     * Calls {@link #closeWhenDone()} as soon as nothing is left to be answered: what the peer has sent was read, no
     * message is half received, and reading is not paused, by whatever gate. Whoever answers later than in the callback
     * that read the question pauses reading until then. On the loop's thread.
     */
    protected final void closeWhenIdle() {
        checkThread();
        drainBy(new ChannelDrain(this));
    }

    /** Ends the output after everything queued so far was written, and takes no more; the peer may still send. */
    @Override
    public void shutdownOutput() throws IOException {
        checkThread();
        loop().runTasksIfFree();
        OutputEnd end = refuseMore();
        if (hasOutputOnItsWay()) {
            loop().execute(end::requestEnd); // behind what other threads have sent
        } else {
            end.requestEnd();
        }
    }

    /** True once {@link #closeWhenDone()} was called, or the channel has come to its end: nothing more is parsed. */
    protected final boolean isFinishing() {
        return isOutputFinishing() || isEnding();
    }

    /** Forgets the output that waits; what was written is written. On the loop's thread. */
    protected final void discardQueued() {
        loop().ownership.check();
        loop().runTasksIfFree();
        reportDropped(discardOutput());
    }

    /** {@code send("bye"); close()} delivers the bye if the kernel takes it at once. */
    @Override
    public void close() {
        loop().ownership.check();
        loop().runTasksIfFree();
        writeQueued();
        super.close();
    }

    // ---- callbacks ----

    /**
     * More output waits than the high mark: the channel is not {@link #isWritable() writable}, and not read. Whoever
     * makes that output should pause. Comes after the callback in which it happened, and always in turn with
     * {@link #handleDrained()}; not in a channel that is closing.
     */
    protected void handleBackpressure() throws Exception {}

    /** Output is down to the low mark again, so that there is room for more; by now it may have been filled anew. */
    protected void handleDrained() throws Exception {}

    /**
     * The default {@linkplain #closeWhenIdle() closes when idle}, but does nothing with a connection that this side made
     * with {@code connect}: nobody knows what it is used for, so it is for its user to end it.
     */
    @Override
    protected void handleDrain(Duration grace) throws Exception {
        if (!isCaller()) {
            closeWhenIdle();
        }
    }

    // ---- for the loop ----

    void tellPressure() throws Exception {
        if (takeCrossing()) {
            loop().listeners.onEvent(LoopEvent.BACKPRESSURE, this);
            handleBackpressure();
        } else {
            loop().listeners.onEvent(LoopEvent.DRAINED, this);
            handleDrained();
        }
    }

    @Override
    final Callbacks.Callback takeNews(int due) {
        return (due & NEWS_PRESSURE) != 0 ? Step.PRESSURE : super.takeNews(due);
    }
}
