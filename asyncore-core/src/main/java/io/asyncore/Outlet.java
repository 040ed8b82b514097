package io.asyncore;

import io.asyncore.transport.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The part of a queueing dispatcher that gets its output into its transport: as far as it goes at once, and on from there
 * when there is room. Confined to the loop's thread.
 */
abstract class Outlet extends Backlog {

    /** What one channel may write in one turn of the loop. */
    private static final int TURN_SHARE = 1024 * 1024;

    /** There is one while something waits, be it that the transport holds it back. */
    @Nullable OutputQueue queue;

    /** The kernel takes no more. */
    boolean blocked;

    private int turn;
    private int writtenInTurn;

    Outlet(ChannelMap map) {
        super(map);
    }

    final OutputQueue queue() {
        if (queue == null) {
            queue = loop().buffers.takeQueue();
        }
        return queue;
    }

    /** Is there output that waits, or that the transport holds back? */
    @Override
    final boolean hasBlockedOutput() {
        return queue != null;
    }

    @Override
    final void outputPossible() {
        blocked = false;
    }

    final boolean canGoOn() {
        return queue != null && !blocked;
    }

    final boolean mayPull() {
        return queue != null && queue.heldBack == 0 && queue.mayPull() && canWrite() && shareLeft() > 0;
    }

    /** Asks the sources for more. One that fails leaves a gap, which must not look complete if the channel ends of it. */
    final void pull() throws Exception {
        try {
            queue().pull(options.highWaterMark());
        } catch (Throwable t) {
            extras().sourceFailed = true;
            throw t;
        }
    }

    final boolean canWrite() {
        return isConnected() && isSending();
    }

    /** How much of its share of this turn is left. */
    private int shareLeft() {
        int now = (int) loop().turnNumber();
        if (turn != now) {
            turn = now;
            writtenInTurn = 0;
        }
        return TURN_SHARE - writtenInTurn;
    }

    /** Writes the bytes that are queued, as far as it goes. */
    final void writeQueued() {
        OutputQueue output = queue;
        Transport open = transport;
        if (output == null || open == null || !canWrite()) {
            return;
        }
        noteWork();
        try {
            countWritten(output.write(open, shareLeft()));
        } catch (IOException e) {
            writeFailed(e);
            return;
        }
        queuedIs(output.size());
        settleOutput(open, output.isEmpty());
    }

    /**
     * Writes what goes at once of a large piece, from the caller's own buffer, unless something waits before it. An echo of
     * 64 KiB takes a third of the time that it takes through the queue.
     */
    final void writeThrough(ByteBuffer data) {
        Transport open = transport;
        if (open == null || queue != null || !canWrite()) {
            return;
        }
        noteWork();
        try {
            int taken = 1;
            while (taken > 0 && data.hasRemaining() && shareLeft() > 0) {
                taken = loop().buffers.write(open, data, shareLeft());
                countWritten(taken);
            }
        } catch (IOException e) {
            reportDropped(data.remaining());
            data.position(data.limit());
            writeFailed(e);
            return;
        }
        settleOutput(open, !data.hasRemaining());
    }

    private void countWritten(int count) {
        writtenInTurn += count;
        noteWritten(count);
    }

    /** After an attempt: what did not go waits until the kernel takes more, and so does what the transport holds back. */
    private void settleOutput(Transport transport, boolean everything) {
        int heldBack = transport.pendingOutput();
        if (queue != null && heldBack < queue.heldBack) {
            deadlines().outputMoved();
        }
        blocked = !everything || heldBack > 0;
        if (blocked) {
            waits(queue(), heldBack);
        } else {
            release();
        }
    }

    /** @param heldBack as long as the transport itself has not got rid of these bytes, the output is not out */
    private void waits(OutputQueue output, int heldBack) {
        output.heldBack = heldBack;
        if (!output.stalled) {
            output.stalled = true;
            deadlines().watchWriteStall();
        }
    }

    /** Has the transport nothing to get rid of? If it has, and be it its own end, that waits as output does. */
    final boolean isOut(Transport transport) {
        settleOutput(transport, true);
        return !blocked;
    }

    private void release() {
        OutputQueue empty = queue;
        if (empty != null) {
            queue = null;
            empty.isOut();
            loop().buffers.giveBack(empty);
        }
    }

    /** Forgets what waits and returns how many bytes that were. */
    @Override
    final long discardOutput() {
        if (queue == null) {
            return 0;
        }
        long dropped = queue.clear();
        release();
        queuedIs(0);
        blocked = false;
        return dropped;
    }
}
