package io.asyncore;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Channels that hear the same: the members of a chat room, those who watch a price. Any thread may use it, and its members
 * may live on different loops.
 *
 * <p>What is sent is encoded and copied once. It goes to those who are members at the time of the call, with what else
 * each of them is sent: in one write, when the callback in progress is over or the loop takes the task. A member that does
 * not read keeps nobody waiting: its own {@linkplain ChannelOptions water marks and hard limit} decide about it. What one
 * thread sends keeps its order, also with what it sends to a member directly; a member that moves to another loop may get
 * what was under way meanwhile behind what is sent there.
 *
 * <p>A membership ends when the channel closes; nobody has to see to that.
 *
 * <pre>{@code
 * private final ChannelGroup room = new ChannelGroup();
 *
 * protected void handleLine(String line) { // of a member
 *     room.sendExcept(this, name + ": " + line + "\r\n");
 * }
 * }</pre>
 */
public final class ChannelGroup {

    private final Map<Long, DispatcherWithSend> members = new ConcurrentHashMap<>();

    /** Who is to be told by which loop; null when that has changed. */
    private volatile @Nullable Map<EventLoop, List<DispatcherWithSend>> byLoop;

    /** A group without members. */
    public ChannelGroup() {}

    // ---- members ----

    /**
     * Takes a channel in.
     *
     * @return false if it is a member already, or closed
     */
    public boolean add(DispatcherWithSend channel) {
        if (!enter(channel)) {
            return false;
        }
        if (channel.isClosed()) { // perhaps too late to be told by the channel
            remove(channel);
            return false;
        }
        return true;
    }

    private synchronized boolean enter(DispatcherWithSend channel) {
        if (channel.isClosed() || members.putIfAbsent(channel.id(), channel) != null) {
            return false;
        }
        channel.memberships().add(this);
        byLoop = null;
        return true;
    }

    /** Ends a membership; false if there was none. */
    public synchronized boolean remove(DispatcherWithSend channel) {
        if (!members.remove(channel.id(), channel)) {
            return false;
        }
        channel.memberships().remove(this);
        byLoop = null;
        return true;
    }

    /** A member has another loop now. */
    synchronized void memberMoved() {
        byLoop = null;
    }

    /** Is it a member? */
    public boolean contains(DispatcherWithSend channel) {
        return members.get(channel.id()) == channel;
    }

    /** How many members there are. */
    public int size() {
        return members.size();
    }

    /** A snapshot of the members by ascending {@link Dispatcher#id() id}. */
    public List<DispatcherWithSend> members() {
        return members.values().stream()
                .sorted(Comparator.comparingLong(DispatcherWithSend::id))
                .toList();
    }

    private Map<EventLoop, List<DispatcherWithSend>> byLoop() {
        Map<EventLoop, List<DispatcherWithSend>> known = byLoop;
        return known != null ? known : sortByLoop();
    }

    private synchronized Map<EventLoop, List<DispatcherWithSend>> sortByLoop() {
        Map<EventLoop, List<DispatcherWithSend>> sorted = new HashMap<>();
        for (DispatcherWithSend member : members.values()) {
            sorted.computeIfAbsent(member.loop(), loop -> new ArrayList<>()).add(member);
        }
        byLoop = sorted; // a member that moves meanwhile waits to say so, and has it made anew
        return sorted;
    }

    // ---- sending ----

    /**
     * Queues the data for every member.
     *
     * @return how many members that were
     * @throws RejectedExecutionException if the task queue of a member's loop is full, or more than 8 MiB of groups'
     *     messages wait for that loop; the members on all other loops are sent it nevertheless. A loop that was stopped
     *     rejects nothing: it closes its members
     */
    public int send(byte[] data) {
        return send(null, data.clone());
    }

    /** The same; the buffer's remaining bytes are copied, and it ends up empty. */
    public int send(ByteBuffer data) {
        return send(null, copyOf(data));
    }

    /** The same for text, in UTF-8. */
    public int send(String text) {
        return send(null, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same for every member but one: who speaks does not hear himself. */
    public int sendExcept(DispatcherWithSend except, byte[] data) {
        return send(except, data.clone());
    }

    /** The same for every member but one; the buffer's remaining bytes are copied, and it ends up empty. */
    public int sendExcept(DispatcherWithSend except, ByteBuffer data) {
        return send(except, copyOf(data));
    }

    /** The same for every member but one and for text, in UTF-8. */
    public int sendExcept(DispatcherWithSend except, String text) {
        return send(except, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] copyOf(ByteBuffer data) {
        byte[] copy = new byte[data.remaining()];
        data.get(copy);
        return copy;
    }

    private int send(@Nullable DispatcherWithSend except, byte[] own) {
        GroupMessage message = new GroupMessage(ByteBuffer.wrap(own).asReadOnlyBuffer(), except);
        int addressed = 0;
        RejectedExecutionException rejected = null;
        for (Map.Entry<EventLoop, List<DispatcherWithSend>> part : byLoop().entrySet()) {
            try {
                addressed += message.send(part.getKey(), part.getValue());
            } catch (RejectedExecutionException e) {
                rejected = and(rejected, e);
            }
        }
        if (rejected != null) {
            throw rejected;
        }
        return except != null && contains(except) ? addressed - 1 : addressed;
    }

    private static RejectedExecutionException and(
            @Nullable RejectedExecutionException first, RejectedExecutionException next) {
        if (first == null) {
            return next;
        }
        first.addSuppressed(next);
        return first;
    }

    @Override
    public String toString() {
        return "ChannelGroup[" + size() + " members]";
    }
}
