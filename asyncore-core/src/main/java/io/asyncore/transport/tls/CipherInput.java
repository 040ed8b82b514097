package io.asyncore.transport.tls;

import io.asyncore.transport.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLException;

/**
 * The records that came and were not decrypted yet. Between two calls only what is left of them takes memory, usually
 * nothing. Confined to the loop's thread.
 */
final class CipherInput {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int SMALLEST = 64;

    /** Within a call perhaps the thread's own buffer; afterwards an array of our own, with room behind its limit. */
    private ByteBuffer bytes = NOTHING;

    private boolean lent;
    private boolean recordSeen;

    /** Has anything come yet? */
    boolean hasBegun() {
        return recordSeen || bytes.hasRemaining();
    }

    /** To be decrypted from; {@link #keep()} is to be called before anybody else uses this thread's scratch. */
    ByteBuffer bytes() {
        return bytes;
    }

    /** Is there a whole record, or what can never become one? */
    boolean hasRecord() {
        return bytes.hasRemaining() && Records.isDecided(bytes);
    }

    /** The length of the record that comes next, which is there as a whole. */
    int recordLength() throws SSLException {
        int length = Records.length(bytes, !recordSeen);
        recordSeen = true;
        return length;
    }

    int recordType() {
        return Records.type(bytes);
    }

    /** What the transport below has, read once; what {@link Transport#read} returns. */
    int receive(Transport inner, int most) throws IOException {
        ByteBuffer scratch = Scratch.received();
        int count = inner.read(scratch.limit(Math.min(scratch.limit(), Math.max(most, Records.LONGEST))));
        if (count > 0) {
            add(scratch.flip());
        }
        return count;
    }

    /** Takes bytes that lie in a buffer of somebody else; without a copy if nothing lies before them. */
    private void add(ByteBuffer more) {
        if (bytes.hasRemaining()) {
            append(more);
        } else {
            bytes = more;
            lent = true;
        }
    }

    private void append(ByteBuffer more) {
        int size = bytes.remaining() + more.remaining();
        if (bytes.capacity() - bytes.limit() < more.remaining()) {
            bytes = ByteBuffer.allocate(Math.max(size, 2 * bytes.remaining()))
                    .put(bytes)
                    .flip();
        }
        int end = bytes.limit();
        bytes.limit(end + more.remaining()).put(end, more, more.position(), more.remaining());
        more.position(more.limit());
    }

    /** The thread's buffer goes back; what is left in it is copied. */
    void keep() {
        if (!bytes.hasRemaining()) {
            bytes = NOTHING;
        } else if (lent) {
            int size = Math.max(SMALLEST, bytes.remaining());
            bytes = ByteBuffer.allocate(size).put(bytes).flip();
        }
        lent = false;
    }

    /** A copy of bytes that came some other way, before anything is read. */
    void startWith(ByteBuffer received) {
        add(received);
        lent = true;
        keep();
    }

    /** Bytes of memory held between two calls. */
    int memory() {
        return bytes.capacity();
    }
}
