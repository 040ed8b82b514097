package io.asyncore;

import io.asyncore.transport.DatagramTransport;
import io.asyncore.transport.Transport;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The memory that a loop lends to its channels for the length of one call.
 *
 * <p>Every byte goes through one direct scratch buffer: given a heap buffer, NIO would allocate direct memory of its size
 * and keep it for the thread's life. What is read is copied to a heap buffer, one for each depth of nested polls, so that
 * handlers have an array to work on and an inner poll leaves the outer handler's bytes alone.
 */
final class Buffers {

    static final int SCRATCH_SIZE = 128 * 1024;
    static final int READ_SIZE = 64 * 1024;
    /** They are small, and a group needs one for each member. */
    private static final int MAX_SPARE_QUEUES = 1024;

    /** In tests: what a handler keeps of a shared buffer after its time turns into this. */
    private static final boolean OVERWRITE = Boolean.getBoolean("io.asyncore.overwriteReadBuffer");

    private static final byte OVERWRITTEN = (byte) 0xDD;

    private final List<ByteBuffer> readBuffers = new ArrayList<>();
    private final Deque<OutputQueue> spareQueues = new ArrayDeque<>();
    final Chunks chunks = new Chunks();
    private @Nullable ByteBuffer scratch;
    private @Nullable Staging staging;
    private final List<@Nullable Channel> lentTo = new ArrayList<>();

    /** The loop's direct buffer, empty: for one system call. */
    ByteBuffer scratch() {
        if (scratch == null) {
            scratch = ByteBuffer.allocateDirect(SCRATCH_SIZE);
        }
        return scratch.clear();
    }

    Staging staging() {
        if (staging == null) {
            staging = new Staging();
        }
        return staging;
    }

    /** One read of at most so many bytes into an array of their own; null at the end. */
    byte @Nullable [] read(Transport transport, int max) throws IOException {
        ByteBuffer direct = scratch();
        direct.limit(Math.min(direct.capacity(), max));
        if (transport.read(direct) < 0) {
            return null;
        }
        byte[] bytes = new byte[direct.flip().remaining()];
        direct.get(bytes);
        return bytes;
    }

    /** One read of at most the target's room, through the scratch; what {@link Transport#read} returns. */
    int read(Transport transport, ByteBuffer target) throws IOException {
        ByteBuffer direct = scratch();
        direct.limit(Math.min(direct.capacity(), target.remaining()));
        int count = transport.read(direct);
        target.put(direct.flip());
        return count;
    }

    /** One write of at most one scratch, advancing the source by what was taken. */
    int write(Transport transport, ByteBuffer source) throws IOException {
        return write(transport, source, SCRATCH_SIZE);
    }

    /** The same, and at most so many bytes. */
    int write(Transport transport, ByteBuffer source, int most) throws IOException {
        ByteBuffer direct = scratch();
        int length = Math.min(Math.min(direct.capacity(), most), source.remaining());
        direct.put(0, source, source.position(), length).limit(length);
        int count = transport.write(direct);
        source.position(source.position() + count);
        return count;
    }

    /** One datagram, through the scratch; what {@link DatagramTransport#receive} returns. */
    @Nullable SocketAddress receive(DatagramTransport transport, ByteBuffer target) throws IOException {
        ByteBuffer direct = scratch();
        direct.limit(Math.min(direct.capacity(), target.remaining()));
        SocketAddress sender = transport.receive(direct);
        target.put(direct.flip());
        return sender;
    }

    /** One datagram, through the scratch, which is larger than any datagram may be. */
    int send(DatagramTransport transport, ByteBuffer source, SocketAddress target) throws IOException {
        ByteBuffer direct = scratch();
        int length = source.remaining();
        if (length > direct.capacity()) {
            throw new IOException("a datagram cannot carry " + length + " bytes");
        }
        int count =
                transport.send(direct.put(0, source, source.position(), length).limit(length), target);
        source.position(source.position() + count);
        return count;
    }

    /**
     * The shared read buffer of the callback that runs, empty. If another channel has it in this very callback (a chat in the
     * middle of its input, whose handler reads somebody else), that one keeps it.
     */
    ByteBuffer lendReadBuffer(Channel channel, int depth) {
        while (readBuffers.size() <= depth) {
            readBuffers.add(ByteBuffer.allocate(READ_SIZE));
            lentTo.add(null);
        }
        Channel holder = lentTo.get(depth);
        if (holder != null && holder != channel && depth > 0) {
            return ByteBuffer.allocate(READ_SIZE);
        }
        ByteBuffer buffer = readBuffers.get(depth);
        overwrite(buffer);
        lentTo.set(depth, channel);
        return buffer.clear();
    }

    void endOfCallback(int depth) {
        if (depth < lentTo.size() && lentTo.get(depth) != null) {
            lentTo.set(depth, null);
            overwrite(readBuffers.get(depth));
        }
    }

    private static void overwrite(ByteBuffer buffer) {
        if (OVERWRITE) {
            Arrays.fill(buffer.array(), OVERWRITTEN);
            buffer.limit(0);
        }
    }

    OutputQueue takeQueue() {
        OutputQueue spare = spareQueues.poll();
        return spare != null ? spare : new OutputQueue(this);
    }

    void giveBack(OutputQueue empty) {
        if (spareQueues.size() < MAX_SPARE_QUEUES) {
            spareQueues.push(empty);
        }
    }
}
