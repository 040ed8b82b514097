package io.asyncore;

import io.asyncore.transport.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a channel has to write and the kernel has not taken yet: bytes, then perhaps sources of more, in the order in
 * which they were queued. A channel has one only while it has something to write.
 */
final class OutputQueue {

    private static final Logger log = LoggerFactory.getLogger(DispatcherWithSend.class);

    static final int CHUNK = 8 * 1024;

    /** Of so many pieces, small ones are copied together: a view of a few bytes takes more memory than they do. */
    private static final int MANY = 64;

    /** What one channel may write in one turn of the loop. */
    private static final int TURN_BUDGET = 1024 * 1024;

    private Buffers buffers;
    /**
     * Bytes to write next; each buffer is ready to be read. One that can be written, too, is our own and may have room
     * behind its limit if it is the last; the others are shared.
     */
    private final Deque<ByteBuffer> bytes = new ArrayDeque<>();
    /** What comes behind the first source: a {@code ByteBuffer} or a {@code Callable<byte[]>}. */
    private final Deque<Object> later = new ArrayDeque<>();

    private long size;
    private long laterSize;
    private long turn;
    private int writtenInTurn;
    private boolean asking;

    OutputQueue(Buffers buffers) {
        this.buffers = buffers;
    }

    /** Its channel belongs to another loop now. */
    void belongsTo(Buffers ofLoop) {
        buffers = ofLoop;
    }

    /** Bytes that wait, without those that sources have not produced yet. */
    long size() {
        return size + laterSize;
    }

    boolean isEmpty() {
        return bytes.isEmpty() && later.isEmpty();
    }

    /** Copies the bytes to the end of the queue. */
    void add(ByteBuffer data) {
        if (later.isEmpty()) {
            append(data);
        } else {
            laterSize += data.remaining();
            later.add(ByteBuffer.allocate(data.remaining()).put(data).flip());
        }
    }

    /** Bytes that others queue, too: only a view of them is kept, while that costs less than a copy. */
    void addShared(ByteBuffer data) {
        if (!later.isEmpty()) {
            laterSize += data.remaining();
            later.add(data.duplicate());
        } else if (bytes.size() < MANY || data.remaining() > CHUNK / 8) {
            size += data.remaining();
            bytes.add(data.duplicate());
        } else {
            append(data.duplicate());
        }
    }

    void add(Callable<byte @Nullable []> source) {
        later.add(source);
    }

    private void append(ByteBuffer data) {
        size += data.remaining();
        fillUp(bytes.peekLast(), data);
        if (data.remaining() > CHUNK) {
            bytes.add(ByteBuffer.allocate(data.remaining()).put(data).flip());
        } else if (data.hasRemaining()) {
            ByteBuffer chunk = ByteBuffer.wrap(buffers.takeChunk()).limit(0);
            bytes.add(chunk);
            fillUp(chunk, data);
        }
    }

    /** Uses the room behind the limit of a chunk. */
    private static void fillUp(@Nullable ByteBuffer chunk, ByteBuffer data) {
        if (chunk != null && !chunk.isReadOnly()) {
            int end = chunk.limit();
            int count = Math.min(chunk.capacity() - end, data.remaining());
            chunk.limit(end + count).put(end, data, data.position(), count);
            data.position(data.position() + count);
        }
    }

    /**
     * Writes bytes until the transport takes no more, there are none, or the channel has had its share of this turn.
     *
     * @param thisTurn the number of the loop's turn
     * @return what was written
     */
    int write(Transport transport, long thisTurn) throws IOException {
        int written = 0;
        while (hasBudget(thisTurn) && size > 0) {
            ByteBuffer scratch = gather(TURN_BUDGET - writtenInTurn);
            int offered = scratch.remaining();
            int taken = transport.write(scratch);
            drop(taken);
            written += taken;
            writtenInTurn += taken;
            if (taken < offered) {
                break;
            }
        }
        return written;
    }

    /** Writes from the caller's own buffer while nothing stands before it in the queue; saves copying what goes at once. */
    int writeThrough(Transport transport, ByteBuffer data, long thisTurn) throws IOException {
        int written = 0;
        while (isEmpty() && data.hasRemaining() && hasBudget(thisTurn)) {
            int taken = buffers.write(transport, data);
            written += taken;
            writtenInTurn += taken;
            if (taken == 0) {
                break;
            }
        }
        return written;
    }

    /** All bytes are out, there are sources, and the channel's share of this turn is not used up. */
    boolean mayPull(long thisTurn) {
        return size == 0 && !later.isEmpty() && !asking && hasBudget(thisTurn);
    }

    private boolean hasBudget(long thisTurn) {
        if (turn != thisTurn) {
            turn = thisTurn;
            writtenInTurn = 0;
        }
        return writtenInTurn < TURN_BUDGET;
    }

    private ByteBuffer gather(int most) {
        ByteBuffer scratch = buffers.scratch();
        scratch.limit(Math.min(scratch.capacity(), most));
        for (ByteBuffer chunk : bytes) {
            int count = Math.min(chunk.remaining(), scratch.remaining());
            scratch.put(scratch.position(), chunk, chunk.position(), count).position(scratch.position() + count);
            if (!scratch.hasRemaining()) {
                break;
            }
        }
        return scratch.flip();
    }

    private void drop(int count) {
        size -= count;
        int left = count;
        while (left > 0) {
            ByteBuffer first = bytes.getFirst();
            int part = Math.min(left, first.remaining());
            first.position(first.position() + part);
            left -= part;
            if (!first.hasRemaining()) {
                giveBack(bytes.removeFirst());
            }
        }
    }

    private void giveBack(ByteBuffer used) {
        if (!used.isReadOnly()) {
            buffers.giveBack(used.array());
        }
    }

    /** Brings up what comes later while there is room for it; a source that throws or has no more is done. */
    void pull(long thisTurn, int below) throws Exception {
        boolean mine = !asking;
        while (mine && size < below && !later.isEmpty() && hasBudget(thisTurn)) {
            if (later.getFirst() instanceof ByteBuffer data) {
                later.removeFirst();
                laterSize -= data.remaining();
                append(data);
            } else {
                mine = pullFrom((Callable<?>) later.getFirst());
            }
        }
    }

    /** False if the source had everything forgotten, itself included: this queue may have another owner by now. */
    private boolean pullFrom(Callable<?> source) throws Exception {
        byte[] piece = null;
        boolean mine = false;
        asking = true; // a source that polls must not be asked again meanwhile
        try {
            piece = (byte[]) source.call();
        } finally {
            mine = later.peekFirst() == source;
            asking &= !mine;
            if (mine && (piece == null || piece.length == 0)) {
                later.removeFirst();
            }
        }
        if (mine && piece != null) {
            append(ByteBuffer.wrap(piece));
        }
        return mine;
    }

    boolean hasSources() {
        return !later.isEmpty();
    }

    /** The bytes that wait, in one buffer. */
    ByteBuffer copy() {
        ByteBuffer all = ByteBuffer.allocate((int) size);
        bytes.forEach(chunk -> all.put(chunk.duplicate()));
        return all.flip();
    }

    /** Forgets everything; returns how many bytes that were. */
    long clear() {
        long dropped = size();
        bytes.forEach(this::giveBack);
        bytes.clear();
        later.forEach(OutputQueue::close);
        later.clear();
        asking = false;
        size = 0;
        laterSize = 0;
        return dropped;
    }

    /** A source that nobody will ask again may have a file open. */
    static void close(Object dropped) {
        if (dropped instanceof AutoCloseable source) {
            try {
                source.close();
            } catch (Exception e) {
                log.warn("closing a source of output failed", Escaped.throwable(e));
            }
        }
    }
}
