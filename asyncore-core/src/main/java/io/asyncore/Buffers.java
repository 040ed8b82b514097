package io.asyncore;

import io.asyncore.transport.DatagramTransport;
import io.asyncore.transport.Transport;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The memory that a loop lends to its channels for the length of one call.
 *
 * <p>What is not in direct memory goes through one direct scratch buffer: given a heap buffer, NIO would allocate direct
 * memory of its size and keep it for the thread's life. What is read into the loop's own buffer and sent on from there is
 * never copied if it is large, which saves a fifth of an echo of 16 KiB.
 */
final class Buffers {

    static final int SCRATCH_SIZE = 128 * 1024;
    /** They are small, and a group needs one for each member. */
    private static final int MAX_SPARE_QUEUES = 1024;

    private final List<Loan> loans = new ArrayList<>();
    private final Deque<OutputQueue> spareQueues = new ArrayDeque<>();
    final Chunks chunks = new Chunks();
    final Staging staging = new Staging();
    private @Nullable ByteBuffer scratch;

    /** The loop's direct buffer, empty: for one system call. */
    ByteBuffer scratch() {
        if (scratch == null) {
            scratch = ByteBuffer.allocateDirect(SCRATCH_SIZE);
        }
        return scratch.clear();
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

    /** One read of at most the target's room, through the scratch unless it is direct; what {@link Transport#read} returns. */
    int read(Transport transport, ByteBuffer target) throws IOException {
        if (target.isDirect() && target.remaining() <= SCRATCH_SIZE) {
            return transport.read(target);
        }
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
        int start = source.position();
        int length = Math.min(Math.min(SCRATCH_SIZE, most), source.remaining());
        int count = source.isDirect() ? writePart(transport, source, length) : writeCopy(transport, source, length);
        source.position(start + count);
        return count;
    }

    private static int writePart(Transport transport, ByteBuffer source, int length) throws IOException {
        int end = source.limit();
        source.limit(source.position() + length);
        try {
            return transport.write(source);
        } finally {
            source.limit(end);
        }
    }

    private int writeCopy(Transport transport, ByteBuffer source, int length) throws IOException {
        return transport.write(
                scratch().put(0, source, source.position(), length).limit(length));
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

    /** What callbacks of this depth read into. */
    Loan loan(int depth) {
        while (loans.size() <= depth) {
            loans.add(new Loan(loans.size() > 0));
        }
        return loans.get(depth);
    }

    void endOfCallback(int depth) {
        if (depth < loans.size()) {
            loans.get(depth).end();
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
