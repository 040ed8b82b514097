package io.asyncore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The part of a queueing dispatcher that takes output: what is taken, when it is written, and what becomes of it in the end.
 * Confined to the loop's thread, except for what says otherwise.
 */
abstract class Output extends Outlet {

    /** Queued past this within one callback, output is written before the callback returns. */
    private static final int WRITE_EARLY = 64 * 1024;

    /** So much in one piece is written from the caller's own buffer. */
    private static final int WRITE_THROUGH = Chunks.SIZE;

    private boolean unwritten;

    Output(ChannelMap map) {
        super(map);
    }

    private @Nullable OutputEnd wantedEnd() {
        Elsewhere known = elsewhereIfAny();
        return known == null ? null : known.end.get();
    }

    // ---- queueing ----

    /** Is there any use in sending? Any thread. */
    final boolean isOutputAccepted() {
        return wantedEnd() == null && !outputLost && !hasCloseReason() && !isClosed();
    }

    /** From another thread: a copy is handed to the loop, and counted from now on. */
    final void handOver(ByteBuffer copy) {
        int length = copy.remaining();
        long waiting = handedOver();
        if (waiting > options.hardLimit()) {
            throw new RejectedExecutionException(this + ": " + waiting
                    + " bytes from other threads wait for the loop, more than the hard limit allows");
        }
        EventLoop loop = loop();
        handedOver(length, loop);
        try {
            loop.execute(() -> {
                handedOver(-length, loop);
                arrived(copy);
            });
        } catch (RuntimeException rejected) {
            handedOver(-length, loop);
            throw rejected;
        }
    }

    private void arrived(ByteBuffer copy) {
        if (isOutputOver()) {
            reportDropped(copy.remaining());
        } else {
            queueOutput(copy);
        }
    }

    final void queueOutput(ByteBuffer data) {
        if (data.remaining() > WRITE_THROUGH) {
            writeThrough(data);
        }
        if (data.hasRemaining()) {
            queue().add(data);
        }
        outputAdded();
    }

    /** A piece that is an array: returns its length, or 0 if nothing is taken any more. */
    final int queueOutput(byte[] data) {
        if (data.length == 0 || !isOutputAccepted()) {
            return 0;
        }
        if (data.length <= Staging.MOST && queue().stage(data)) {
            outputAdded();
        } else {
            queueOutput(ByteBuffer.wrap(data));
        }
        return data.length;
    }

    /** Small data behind a number; false if it was not taken. */
    final boolean stageOutput(long number, int bytes, byte[] data) {
        boolean taken = isOutputAccepted() && data.length <= Staging.MOST - bytes && queue().stage(number, bytes, data);
        if (taken) {
            outputAdded();
        }
        return taken;
    }

    /** The same for text and what ends it. */
    final int queueOutput(String text, byte[] end, Charset charset) {
        int length = text.length() + end.length;
        if (length == 0 || !isOutputAccepted()) {
            return 0;
        }
        if (length <= Staging.MOST && queue().stage(text, end, charset)) {
            outputAdded();
            return length;
        }
        ByteBuffer encoded = encoded(text, end, charset);
        length = encoded.remaining();
        queueOutput(encoded);
        return length;
    }

    static ByteBuffer encoded(String text, byte[] end, Charset charset) {
        byte[] bytes = text.getBytes(charset);
        return ByteBuffer.allocate(bytes.length + end.length)
                .put(bytes)
                .put(end)
                .flip();
    }

    /**
     * Bytes that a group sends to all its members, and that stay shared by them. They come without the counting that keeps
     * an end requested on the loop behind what other threads have sent, so that they may come too late.
     */
    final void sendShared(ByteBuffer data) {
        OutputEnd wanted = wantedEnd();
        if (isOutputOver() || (wanted != null && wanted.isEnding())) {
            reportDropped(data.remaining());
            return;
        }
        queue().addShared(data);
        outputAdded();
    }

    private void outputAdded() {
        OutputQueue output = queue;
        if (output == null || isWrittenSoon(output)) {
            return; // it has gone through, or will when this callback is over: counting it before costs 4 % of a frame
        }
        boolean wasAbove = isAboveMark();
        if (output.size() > WRITE_EARLY && !blocked) {
            countQueued(output.size());
            writeQueued();
        }
        queuedIs(queue == null ? 0 : queue.size());
        if (wasAbove && isAboveLimit()) {
            overflow();
        }
        writeLater();
    }

    /** Little enough to be counted when the callback that runs, its own, returns and it is written. */
    private boolean isWrittenSoon(OutputQueue output) {
        return output.size() <= Math.min(WRITE_EARLY, options.highWaterMark())
                && !blocked
                && loop().callbacks.running() == this
                && canWrite();
    }

    @Override
    final long uncounted() {
        return queue == null ? 0 : queue.size() - queuedBytes();
    }

    final void queueOutput(Callable<byte @Nullable []> source) {
        queue().add(source);
        writeLater();
    }

    /** It is in a map, perhaps another than before. */
    @Override
    void outputJoined() {
        unwritten = false;
        if (queue != null) {
            queue.belongsTo(loop().buffers);
            countQueued(queue.size());
        }
        if (queue != null || isOutputClosing()) {
            writeLater();
        }
    }

    /** Written when the callback that runs returns, if it is this channel's, or else before the loop waits. */
    final void writeLater() {
        if (loop().callbacks.running() != this && !unwritten) {
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
        if (isAboveLimit()) {
            warnSparingly(
                    "overflow",
                    this + ": closed, as " + queuedBytes() + " bytes of output wait, more than the limit of "
                            + options.hardLimit() + ": send a lot of data by sendFrom(), of a chat pushWithProducer(),"
                            + " which make it as the peer takes it, or allow more: ChannelOptions.withWaterMarks, of a"
                            + " server writeBuffer.limit");
            cutOff();
        }
    }

    // ---- writing ----

    /** Is there something to do that a refusal of the kernel does not stand in the way of? */
    @Override
    final boolean wantsFlush() {
        OutputEnd wanted = wantedEnd();
        boolean due = canGoOn() || (wanted != null && wanted.isDue());
        return due && isConnected() && !isEnding();
    }

    /** Pulls from the sources and writes what is queued, as far as it goes without blocking. */
    @Override
    final void writeOutput() throws Exception {
        OutputEnd wanted = wantedEnd();
        if (wanted != null) {
            wanted.beforeWrite();
        }
        writeQueued(); // bytes first: a source behind them may fail
        while (mayPull()) {
            pull();
            writeQueued();
        }
        afterWrite();
    }

    private void afterWrite() throws IOException {
        OutputEnd wanted = wantedEnd(); // perhaps a source's doing
        if (wanted != null) {
            wanted.afterWrite();
        }
    }

    /**
     * Gives away what waits, for another transport to send.
     *
     * @throws IllegalStateException if there is a source among it
     */
    @Override
    final ByteBuffer takeQueuedOutput() {
        writeQueued();
        OutputQueue output = queue;
        if (output == null) {
            return ByteBuffer.allocate(0);
        }
        OutputEnd wanted = wantedEnd();
        if ((wanted != null && wanted.isEnding()) || output.hasSources()) {
            throw new IllegalStateException(
                    this + " still has a producer to send from, or its end: let it finish first");
        }
        ByteBuffer all = output.copy();
        discardOutput();
        return all;
    }

    // ---- ending ----

    /** Takes nothing more from now on. Any thread. */
    final OutputEnd refuseMore() {
        OutputEnd wanted = wantedEnd();
        if (wanted == null) {
            elsewhere().end.compareAndSet(null, new OutputEnd(this));
            wanted = Objects.requireNonNull(wantedEnd());
        }
        return wanted;
    }

    /** From the call on: the request itself may still be on its way behind pushes of other threads. */
    final boolean isOutputFinishing() {
        OutputEnd wanted = wantedEnd();
        return wanted != null && wanted.isFinishing();
    }

    private boolean isOutputClosing() {
        OutputEnd wanted = wantedEnd();
        return wanted != null && wanted.isClosing();
    }

    /** What comes now comes too late. */
    private boolean isOutputOver() {
        return isOutputClosing() || outputEnded || outputLost || isEnding();
    }
}
