package io.asyncore;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ChannelGroup} sends, on its way to the members: one task for each of their loops. Any thread sends.
 *
 * @param data read-only and shared by all; nobody moves its position
 * @param except who does not get it
 */
record GroupMessage(ByteBuffer data, @Nullable DispatcherWithSend except) {

    /** Messages in bytes that may wait for one loop. */
    private static final int MOST_WAITING = 8 * 1024 * 1024;

    /** Now if this is the thread of the members' loop, else in its next turn; returns how many members were named. */
    int send(EventLoop loop, List<DispatcherWithSend> members) {
        if (!data.hasRemaining()) {
            return members.size();
        }
        if (loop.inLoop()) {
            deliver(loop, members);
        } else if (!handOver(loop, members)) {
            return 0;
        }
        return members.size();
    }

    /** False if the loop was stopped: its members are closed, or will be. */
    private boolean handOver(EventLoop loop, List<DispatcherWithSend> members) {
        int length = data.remaining();
        long waiting = loop.groupBytes.get();
        if (waiting > MOST_WAITING) {
            throw new RejectedExecutionException(waiting + " bytes of group messages wait for " + loop
                    + ", more than the limit of " + MOST_WAITING
                    + ": the loop is blocked, or they are sent faster than it takes them");
        }
        loop.groupBytes.addAndGet(length);
        try {
            loop.execute(() -> {
                loop.groupBytes.addAndGet(-length);
                deliver(loop, members);
            });
            return true;
        } catch (RejectedExecutionException e) {
            loop.groupBytes.addAndGet(-length);
            if (loop.refusesTasks()) {
                return false;
            }
            throw e;
        }
    }

    private void deliver(EventLoop loop, List<DispatcherWithSend> members) {
        for (DispatcherWithSend member : members) {
            if (member != except) {
                deliver(loop, member);
            }
        }
    }

    private void deliver(EventLoop loop, DispatcherWithSend member) {
        EventLoop current = member.loop();
        if (current != loop) {
            current.executeUnbounded(() -> deliver(current, member)); // it has moved
            return;
        }
        try {
            member.sendShared(data);
        } catch (RuntimeException | Error e) {
            loop.callbacks.run(LoopEvent.TASK, member, () -> {
                throw e; // its own business, and none of the others'
            });
        }
    }
}
