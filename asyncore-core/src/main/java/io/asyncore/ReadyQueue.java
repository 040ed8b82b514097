package io.asyncore;

import io.asyncore.transport.ReadySink;
import io.asyncore.transport.Transport;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The channels found ready and not yet served. One queue for all depths of nested polls: an inner poll serves what the
 * outer one has left, and what an exception or a stop leaves behind is served by the next.
 */
final class ReadyQueue implements ReadySink {

    /** In which order one turn serves what it found. */
    enum Order {
        /** Python's {@code poll}: all reads, all writes, all exceptional; ascending ids. */
        BY_EVENT,
        /** Python's {@code poll2}: channel by channel; ascending ids. */
        BY_CHANNEL,
        /** Channel by channel as the poller named them. */
        AS_FOUND
    }

    private final Callbacks callbacks;
    private @Nullable Dispatcher[] found = new Dispatcher[64];
    private int size;

    ReadyQueue(Callbacks callbacks) {
        this.callbacks = callbacks;
    }

    boolean isEmpty() {
        return size == 0;
    }

    @Override
    public void ready(Object channel, int ops) {
        add((Dispatcher) channel, ops);
    }

    void add(Dispatcher channel, int ops) {
        if (size == found.length) {
            found = Arrays.copyOf(found, size * 2);
        }
        channel.readyOps |= (byte) ops;
        found[size++] = channel;
    }

    void serve(Order order) {
        if (order != Order.AS_FOUND) {
            Arrays.sort(found, 0, size, Comparator.comparingLong(ReadyQueue::idOf));
        }
        try {
            if (order == Order.BY_EVENT) {
                serveAll(Transport.READ);
                serveAll(Transport.WRITE);
                serveAll(Transport.EXPT);
            } else {
                serveAll(Transport.READ | Transport.WRITE | Transport.EXPT);
            }
        } finally {
            forgetServed();
        }
    }

    private static long idOf(@Nullable Dispatcher channel) {
        return channel == null ? Long.MAX_VALUE : channel.id();
    }

    private void serveAll(int ops) {
        for (int i = 0; i < size; i++) {
            Dispatcher channel = found[i];
            if (channel != null) {
                serve(channel, ops);
            }
        }
    }

    /**
     * Alive, found ready and still wanted? Then its callbacks: read before write, and urgent data last. A loop that was told
     * to stop begins none, and what is left is served when it runs again.
     */
    private void serve(Dispatcher channel, int ops) {
        EventLoop loop = callbacks.loop();
        for (int due = channel.readyOps & ops; due != 0 && !loop.cutsTurn(); due = channel.readyOps & ops) {
            int op = Integer.lowestOneBit(due);
            channel.readyOps &= (byte) ~op;
            if (channel.stillWants(op, loop)) {
                callbacks.serve(channel, op);
            }
        }
    }

    private void forgetServed() {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            Dispatcher channel = found[i];
            if (channel != null && channel.readyOps != 0) {
                found[kept++] = channel;
            }
        }
        Arrays.fill(found, kept, size, null);
        size = kept;
    }
}
