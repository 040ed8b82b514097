package io.asyncore;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The pieces of memory in which output waits, used again and again. Confined to the loop's thread, but for what becomes of
 * those that a channel takes along to another loop.
 *
 * <p>Most of the time few are in use, as output leaves when its callback returns: these are direct, so that the kernel takes
 * them as they are (saves copying once: 5 % of an echo of 64 bytes). Those of peers that do not read may be many, and are
 * the heap's.
 */
final class Chunks {

    static final int SIZE = 8 * 1024;

    private static final int MOST_DIRECT = 32;
    private static final int MOST_SPARE = 64;

    /** Direct ones first. */
    private final ArrayDeque<ByteBuffer> spare = new ArrayDeque<>();

    private final AtomicInteger direct = new AtomicInteger();

    /** An empty one, with room behind its limit. */
    ByteBuffer take() {
        ByteBuffer chunk = spare.pollFirst();
        return (chunk != null ? chunk : make()).clear().limit(0);
    }

    private ByteBuffer make() {
        if (direct.get() < MOST_DIRECT) {
            direct.incrementAndGet();
            return ByteBuffer.allocateDirect(SIZE);
        }
        return ByteBuffer.allocate(SIZE);
    }

    void giveBack(ByteBuffer chunk) {
        if (spare.size() >= MOST_SPARE) {
            forget(chunk);
        } else if (chunk.isDirect()) {
            spare.addFirst(chunk);
        } else {
            spare.addLast(chunk);
        }
    }

    /** It comes back to another loop's. Any thread. */
    void movesTo(Chunks other, ByteBuffer chunk) {
        forget(chunk);
        if (chunk.isDirect()) {
            other.direct.incrementAndGet();
        }
    }

    private void forget(ByteBuffer chunk) {
        if (chunk.isDirect()) {
            direct.decrementAndGet();
        }
    }
}
