package io.asyncore;

import io.asyncore.transport.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
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

    /** Of so many pieces, small ones are copied together: a view of a few bytes takes more memory than they do. */
    private static final int MANY = 64;

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
    private boolean asking;

    /** Its channel's {@link Outlet} waits for the peer to take some. */
    boolean stalled;

    /** Bytes that the transport has taken and not got rid of yet. */
    int heldBack;

    OutputQueue(Buffers buffers) {
        this.buffers = buffers;
    }

    /** Its channel belongs to another loop now. */
    void belongsTo(Buffers ofLoop) {
        buffers.staging.settle(this);
        for (ByteBuffer chunk : bytes) {
            if (!chunk.isReadOnly()) {
                buffers.chunks.movesTo(ofLoop.chunks, chunk);
            }
        }
        buffers = ofLoop;
    }

    /** Bytes that wait, without those that sources have not produced yet. */
    long size() {
        return size + laterSize;
    }

    boolean isEmpty() {
        return bytes.isEmpty() && later.isEmpty();
    }

    /** Everything is on its way. */
    void isOut() {
        stalled = false;
        heldBack = 0;
    }

    /** Copies the bytes to the end of the queue. */
    void add(ByteBuffer data) {
        if (later.isEmpty()) {
            if (!buffers.staging.holds(this) || !stage(data)) {
                append(data);
            }
        } else {
            laterSize += data.remaining();
            later.add(ByteBuffer.allocate(data.remaining()).put(data).flip());
        }
    }

    /** A small piece; false if it cannot be put together with others. */
    boolean stage(byte[] data) {
        boolean staged = later.isEmpty() && buffers.staging.add(this, data);
        size += staged ? data.length : 0;
        return staged;
    }

    /** The same behind a number of so many bytes. */
    boolean stage(long number, int bytes, byte[] data) {
        boolean staged = later.isEmpty() && buffers.staging.add(this, number, bytes, data);
        size += staged ? bytes + data.length : 0;
        return staged;
    }

    /** The same for text and what ends it. */
    boolean stage(String text, byte[] end, Charset charset) {
        boolean staged = later.isEmpty() && buffers.staging.add(this, text, end, charset);
        size += staged ? text.length() + end.length : 0;
        return staged;
    }

    private boolean stage(ByteBuffer data) {
        int length = data.remaining();
        boolean staged = buffers.staging.add(this, data);
        size += staged ? length : 0;
        return staged;
    }

    /** Bytes that others queue, too: only a view of them is kept, while that costs less than a copy. */
    void addShared(ByteBuffer data) {
        if (!later.isEmpty()) {
            laterSize += data.remaining();
            later.add(data.duplicate());
        } else if (bytes.size() < MANY || data.remaining() > Chunks.SIZE / 8) {
            buffers.staging.settle(this);
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
        buffers.staging.settle(this);
        size += data.remaining();
        store(data);
    }

    /** Bytes that are counted already. */
    void store(ByteBuffer data) {
        fillUp(bytes.peekLast(), data);
        while (data.hasRemaining()) {
            ByteBuffer chunk = buffers.chunks.take();
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

    /** Writes so many bytes at most, until the transport takes no more or there are none; returns what was written. */
    int write(Transport transport, int most) throws IOException {
        buffers.staging.settle(this);
        int written = 0;
        while (size > 0 && written < most) {
            ByteBuffer next = next(most - written);
            int offered = next.remaining();
            int start = next.position();
            int taken = transport.write(next);
            next.position(start); // it may be the first chunk itself
            drop(taken);
            written += taken;
            if (taken < offered) {
                break;
            }
        }
        return written;
    }

    /** All bytes are out, and there are sources. */
    boolean mayPull() {
        return size == 0 && !later.isEmpty() && !asking;
    }

    /** What the next write offers. */
    private ByteBuffer next(int most) {
        ByteBuffer first = bytes.getFirst();
        return bytes.size() == 1 && first.isDirect() && size <= most ? first : gather(most);
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
            buffers.chunks.giveBack(used);
        }
    }

    /** Brings up what comes later while there is room for it; a source that throws or has no more is done. */
    void pull(int below) throws Exception {
        boolean mine = !asking;
        while (mine && size < below && !later.isEmpty()) {
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
        buffers.staging.settle(this);
        ByteBuffer all = ByteBuffer.allocate((int) size);
        bytes.forEach(chunk -> all.put(chunk.duplicate()));
        return all.flip();
    }

    /** Forgets everything; returns how many bytes that were. */
    long clear() {
        long dropped = size();
        buffers.staging.drop(this);
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
                FailureLog.warnElsewhere(log, "closing a source of output failed", e);
            }
        }
    }
}
