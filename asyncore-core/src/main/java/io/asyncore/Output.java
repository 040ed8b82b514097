package io.asyncore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The output of a queueing channel: what is taken for it, when it is written, and what becomes of it in the end. Confined
 * to the loop's thread, except for what says otherwise.
 */
final class Output extends Outlet {

    private static final AtomicReferenceFieldUpdater<Output, @Nullable OutputEnd> END =
            AtomicReferenceFieldUpdater.newUpdater(Output.class, OutputEnd.class, "end");

    /** Queued past this within one callback, output is written before the callback returns. */
    private static final int WRITE_EARLY = 64 * 1024;

    /** So much in one piece is written from the caller's own buffer. */
    private static final int WRITE_THROUGH = Chunks.SIZE;

    private volatile @Nullable OutputEnd end;
    private boolean unwritten;

    Output(Dispatcher channel) {
        super(channel);
    }

    // ---- queueing ----

    /** Is there any use in sending? Any thread. */
    boolean isAccepted() {
        return end == null && !channel.outputLost && channel.closeReason() == null && !channel.isClosed();
    }

    /** From another thread: a copy is handed to the loop, and counted from now on. */
    void handOver(ByteBuffer copy) {
        int length = copy.remaining();
        long waiting = backlog.handedOver();
        if (waiting > channel.options.hardLimit()) {
            throw new RejectedExecutionException(channel + ": " + waiting
                    + " bytes from other threads wait for the loop, more than the hard limit allows");
        }
        EventLoop loop = channel.loop();
        backlog.handedOver(length, loop);
        try {
            loop.execute(() -> {
                backlog.handedOver(-length, loop);
                arrived(copy);
            });
        } catch (RuntimeException rejected) {
            backlog.handedOver(-length, loop);
            throw rejected;
        }
    }

    private void arrived(ByteBuffer copy) {
        if (isOver()) {
            channel.reportDropped(copy.remaining());
        } else {
            add(copy);
        }
    }

    void add(ByteBuffer data) {
        if (data.remaining() > WRITE_THROUGH) {
            writeThrough(data);
        }
        if (data.hasRemaining()) {
            queue().add(data);
        }
        added();
    }

    /**
     * Bytes that a group sends to all its members, and that stay shared by them. They come without the counting that keeps
     * an end requested on the loop behind what other threads have sent, so that they may come too late.
     */
    void addShared(ByteBuffer data) {
        OutputEnd wanted = end;
        if (isOver() || (wanted != null && wanted.isEnding())) {
            channel.reportDropped(data.remaining());
            return;
        }
        queue().addShared(data);
        added();
    }

    private void added() {
        OutputQueue output = queue;
        if (output == null) {
            return; // it has gone through
        }
        boolean wasAbove = backlog.isAboveMark();
        if (output.size() > WRITE_EARLY && !blocked) {
            backlog.countQueued(output.size());
            writeQueued();
        }
        backlog.queuedIs(queue == null ? 0 : queue.size());
        if (wasAbove && backlog.isAboveLimit()) {
            overflow();
        }
        writeLater();
    }

    void add(Callable<byte @Nullable []> source) {
        queue().add(source);
        writeLater();
    }

    /** The channel is in a map, perhaps another than before. */
    void joined() {
        unwritten = false;
        if (queue != null) {
            queue.belongsTo(channel.loop().buffers);
        }
        if (queue != null || isClosing()) {
            writeLater();
        }
    }

    /** Written when the callback that runs returns, if it is this channel's, or else before the loop waits. */
    void writeLater() {
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
        if (backlog.isAboveLimit()) {
            channel.warnSparingly(
                    "overflow",
                    channel + ": closed, as " + backlog.queued()
                            + " bytes of output wait for a peer that does not read");
            channel.end(CloseReason.OVERFLOW);
            channel.reportDropped(discard());
        }
    }

    // ---- writing ----

    /** Is there something to do that a refusal of the kernel does not stand in the way of? */
    boolean wantsFlush() {
        OutputEnd wanted = end;
        boolean due = canGoOn() || (wanted != null && wanted.isDue());
        return due && channel.isConnected() && !channel.isEnding();
    }

    /** Pulls from the sources and writes what is queued, as far as it goes without blocking. */
    void write() throws Exception {
        OutputEnd wanted = end;
        if (wanted != null) {
            wanted.beforeWrite();
        }
        writeQueued(); // bytes first: a source behind them may fail
        while (mayPull()) {
            queue().pull(channel.options.highWaterMark());
            writeQueued();
        }
        afterWrite();
    }

    private void afterWrite() throws IOException {
        OutputEnd wanted = end; // perhaps a source's doing
        if (wanted != null) {
            wanted.afterWrite();
        }
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
        OutputEnd wanted = end;
        if ((wanted != null && wanted.isEnding()) || output.hasSources()) {
            throw new IllegalStateException(
                    channel + " still has a producer to send from, or its end: let it finish first");
        }
        ByteBuffer all = output.copy();
        discard();
        return all;
    }

    // ---- ending ----

    /** Takes nothing more from now on. Any thread. */
    OutputEnd refuseMore() {
        if (end == null) {
            END.compareAndSet(this, null, new OutputEnd(channel, this));
        }
        return Objects.requireNonNull(end);
    }

    /** From the call on: the request itself may still be on its way behind pushes of other threads. */
    boolean isFinishing() {
        OutputEnd wanted = end;
        return wanted != null && wanted.isFinishing();
    }

    private boolean isClosing() {
        OutputEnd wanted = end;
        return wanted != null && wanted.isClosing();
    }

    /** What comes now comes too late. */
    private boolean isOver() {
        return isClosing() || channel.outputEnded || channel.outputLost || channel.isEnding();
    }
}
