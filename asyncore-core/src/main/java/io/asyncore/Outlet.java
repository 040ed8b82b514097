package io.asyncore;

import io.asyncore.transport.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The way of a channel's output into its transport: as far as it goes at once, and on from there when there is room.
 * Confined to the loop's thread.
 */
abstract class Outlet {

    /** What one channel may write in one turn of the loop. */
    private static final int TURN_SHARE = 1024 * 1024;

    final Dispatcher channel;
    final Backlog backlog;

    /** There is one while something waits, be it that the transport holds it back. */
    @Nullable OutputQueue queue;

    /** The kernel takes no more. */
    boolean blocked;

    private boolean stalled;
    private int heldBack;
    private int turn;
    private int writtenInTurn;

    Outlet(Dispatcher channel) {
        this.channel = channel;
        this.backlog = new Backlog(channel);
    }

    final OutputQueue queue() {
        if (queue == null) {
            queue = channel.loop().buffers.takeQueue();
        }
        return queue;
    }

    final boolean isWaiting() {
        return queue != null;
    }

    final void unblock() {
        blocked = false;
    }

    final boolean canGoOn() {
        return queue != null && !blocked;
    }

    final boolean mayPull() {
        return queue != null && heldBack == 0 && queue.mayPull() && canWrite() && share() > 0;
    }

    private boolean canWrite() {
        return channel.isConnected() && channel.isSending();
    }

    /** How much of its share of this turn is left. */
    private int share() {
        int now = (int) channel.loop().turnNumber();
        if (turn != now) {
            turn = now;
            writtenInTurn = 0;
        }
        return TURN_SHARE - writtenInTurn;
    }

    /** Writes the bytes that are queued, as far as it goes. */
    final void writeQueued() {
        OutputQueue output = queue;
        Transport transport = channel.transport;
        if (output == null || transport == null || !canWrite()) {
            return;
        }
        channel.noteWork();
        try {
            wrote(output.write(transport, share()));
        } catch (IOException e) {
            channel.writeFailed(e);
            return;
        }
        backlog.queuedIs(output.size());
        settle(transport, output.isEmpty());
    }

    /**
     * Writes what goes at once of a large piece, from the caller's own buffer, unless something waits before it. An echo of
     * 64 KiB takes a third of the time that it takes through the queue.
     */
    final void writeThrough(ByteBuffer data) {
        Transport transport = channel.transport;
        if (transport == null || queue != null || !canWrite()) {
            return;
        }
        channel.noteWork();
        try {
            int taken = 1;
            while (taken > 0 && data.hasRemaining() && share() > 0) {
                taken = channel.loop().buffers.write(transport, data, share());
                wrote(taken);
            }
        } catch (IOException e) {
            channel.reportDropped(data.remaining());
            data.position(data.limit());
            channel.writeFailed(e);
            return;
        }
        settle(transport, !data.hasRemaining());
    }

    private void wrote(int count) {
        writtenInTurn += count;
        channel.noteWritten(count);
    }

    /** After an attempt: what did not go waits until the kernel takes more, and so does what the transport holds back. */
    private void settle(Transport transport, boolean everything) {
        noteHeldBack(transport.pendingOutput());
        blocked = !everything || heldBack > 0;
        if (!blocked) {
            stalled = false;
            release();
            return;
        }
        queue();
        if (!stalled) {
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

    /** Has the transport nothing to get rid of? If it has, and be it its own end, that waits as output does. */
    final boolean isOut(Transport transport) {
        settle(transport, true);
        return !blocked;
    }

    private void release() {
        OutputQueue empty = queue;
        if (empty != null) {
            queue = null;
            channel.loop().buffers.giveBack(empty);
        }
    }

    /** Forgets what waits and returns how many bytes that were. */
    final long discard() {
        if (queue == null) {
            return 0;
        }
        long dropped = queue.clear();
        release();
        backlog.queuedIs(0);
        blocked = false;
        stalled = false;
        return dropped;
    }
}
