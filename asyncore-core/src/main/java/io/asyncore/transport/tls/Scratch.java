package io.asyncore.transport.tls;

import java.nio.ByteBuffer;

/**
 * The buffers that a thread lends to its TLS transports, each for the length of one call: what is left in one then is the
 * borrower's to keep elsewhere.
 */
final class Scratch {

    private static final int RECORDS = 4;

    private static final ThreadLocal<Scratch> MINE = ThreadLocal.withInitial(Scratch::new);

    /** Records as they come from the network. */
    private final ByteBuffer received = ByteBuffer.allocateDirect(RECORDS * Records.LONGEST);

    /** Records on their way to the network. */
    private final ByteBuffer sending = ByteBuffer.allocateDirect(RECORDS * Records.LONGEST);

    /** What one record carries, where the reader's own buffer is too small for it. */
    private final ByteBuffer plain = ByteBuffer.allocate(Records.LONGEST);

    private Scratch() {}

    static ByteBuffer received() {
        return MINE.get().received.clear();
    }

    static ByteBuffer sending() {
        return MINE.get().sending.clear();
    }

    static ByteBuffer plain() {
        return MINE.get().plain.clear();
    }
}
