package io.asyncore.transport.tls;

import io.asyncore.transport.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The records that the transport below has not taken yet: what a handshake says at once, or one batch of data, as
 * no more is encrypted while something waits. Confined to the loop's thread.
 */
final class CipherOutput {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private ByteBuffer waiting = NOTHING;
    private boolean lost;

    /** Bytes that wait. */
    int size() {
        return waiting.remaining();
    }

    boolean isEmpty() {
        return !waiting.hasRemaining();
    }

    /** Sends what goes at once and keeps a copy of the rest. After a failure everything goes nowhere. */
    void send(Transport inner, ByteBuffer records) throws IOException {
        if (isEmpty() && records.hasRemaining() && !lost) {
            write(inner, records);
        }
        if (records.hasRemaining() && !lost) {
            add(records);
        }
    }

    /** A copy waits from now on. */
    void add(ByteBuffer bytes) {
        waiting = ByteBuffer.allocate(size() + bytes.remaining())
                .put(waiting)
                .put(bytes)
                .flip();
    }

    /** Bytes of memory held between two calls. */
    int memory() {
        return waiting.capacity();
    }

    /** Sends what waits, as far as it goes; true if nothing is left. Uses this thread's buffer for records to send. */
    boolean flush(Transport inner) throws IOException {
        while (waiting.hasRemaining()) {
            ByteBuffer scratch = Scratch.sending();
            int length = Math.min(scratch.capacity(), waiting.remaining());
            scratch.put(0, waiting, waiting.position(), length).limit(length);
            int taken = write(inner, scratch);
            waiting.position(waiting.position() + taken);
            if (taken < length) {
                return false;
            }
        }
        waiting = NOTHING;
        return true;
    }

    private int write(Transport inner, ByteBuffer bytes) throws IOException {
        try {
            return inner.write(bytes);
        } catch (IOException e) {
            lost = true;
            waiting = NOTHING;
            throw e;
        }
    }
}
