package io.asyncore.benchmarks.load;

import java.nio.ByteBuffer;

/** An endless stream of messages that a connection sends and expects back: a cycle of different ones, stored twice. */
final class Messages {

    private static final int AT_LEAST = 64 * 1024;

    private final int cycle;
    private final ByteBuffer bytes;

    Messages(Load load) {
        int count = Math.max(load.depth(), AT_LEAST / load.size()) + 1;
        cycle = count * load.size();
        bytes = ByteBuffer.allocateDirect(2 * cycle);
        for (int i = 0; i < 2 * count; i++) {
            load.protocol().append(bytes, load.size(), i % count);
        }
    }

    /** A view for {@link #select}. */
    ByteBuffer view() {
        return bytes.duplicate();
    }

    /** Makes a view show this part of the stream, which must not be longer than a cycle. */
    ByteBuffer select(ByteBuffer view, long from, long to) {
        int start = (int) (from % cycle);
        return view.limit(start + (int) (to - from)).position(start);
    }
}
