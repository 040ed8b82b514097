package io.asyncore;

import io.asyncore.transport.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The part of a queueing dispatcher that others work with: its loop, which writes its output, and the groups that it is in.
 * Confined to the loop's thread unless a member says otherwise.
 */
abstract class Queueing extends Dispatcher {

    final Output output = new Output(this);

    /** The groups it is in; null if it never was in any. */
    private volatile @Nullable Set<ChannelGroup> memberships;

    Queueing() {}

    Queueing(ChannelMap map) {
        super(map);
    }

    Queueing(Transport socket) {
        super(socket);
    }

    Queueing(Transport socket, ChannelMap map) {
        super(socket, map);
    }

    @Override
    final void refuseDatagrams() {
        throw new UnsupportedOperationException("a queue of output would tear datagrams apart: make "
                + getClass().getName() + " a plain Dispatcher");
    }

    // ---- groups ----

    /** A group's message; the buffer stays as it is. */
    final void sendShared(ByteBuffer data) {
        output.addShared(data);
    }

    /** The groups it is in: theirs to change. Any thread. */
    final Set<ChannelGroup> memberships() {
        Set<ChannelGroup> known = memberships;
        return known != null ? known : firstMembership();
    }

    private Set<ChannelGroup> firstMembership() {
        synchronized (output) {
            Set<ChannelGroup> known = memberships;
            if (known == null) {
                known = ConcurrentHashMap.newKeySet();
                memberships = known;
            }
            return known;
        }
    }

    @Override
    final void leaveGroups() {
        Set<ChannelGroup> groups = memberships;
        if (groups != null) {
            groups.forEach(group -> group.remove((DispatcherWithSend) this));
        }
    }

    // ---- the loop ----

    @Override
    final void outputJoined() {
        if (output != null) { // else a constructor gives it its socket
            output.joined();
        }
        Set<ChannelGroup> groups = memberships;
        if (groups != null) {
            groups.forEach(ChannelGroup::memberMoved);
        }
    }

    @Override
    final void writeOutput() throws Exception {
        output.write();
    }

    @Override
    final boolean takeUnwritten() {
        return output.takeUnwritten();
    }

    @Override
    final boolean wantsFlush() {
        return output.wantsFlush();
    }

    @Override
    final long queuedBytes() {
        return output == null ? 0 : output.backlog.queued(); // null while a constructor gives it its socket
    }

    @Override
    final boolean hasOutputOnItsWay() {
        return output.backlog.handedOver() > 0;
    }

    @Override
    final boolean hasBlockedOutput() {
        return output.isWaiting();
    }

    @Override
    final void outputPossible() {
        output.unblock();
    }

    @Override
    final ByteBuffer takeQueuedOutput() {
        return output.take();
    }

    @Override
    final long pendingOutput() {
        return output.backlog.size();
    }

    @Override
    final long discardOutput() {
        return output.discard();
    }

    @Override
    final void discardInput() throws IOException {
        output.refuseMore().discardInput(recv().remaining());
    }
}
