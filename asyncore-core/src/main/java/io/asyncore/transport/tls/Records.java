package io.asyncore.transport.tls;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLException;

/** What the five bytes at the beginning of every TLS record say. */
final class Records {

    static final int ALERT = 21;
    static final int HANDSHAKE = 22;
    static final int HEADER = 5;

    /** TLS 1.2 allows 2,048 bytes more than the 16 KiB that a record carries; a length above that is no length. */
    static final int LONGEST = HEADER + 16 * 1024 + 2048;

    private static final int FIRST_TYPE = 20;
    private static final int LAST_TYPE = 24;
    private static final int MAJOR_VERSION = 3;

    private Records() {}

    static int type(ByteBuffer bytes) {
        return bytes.get(bytes.position());
    }

    /**
     * The length of the first record, its header included, or 0 while that is not known.
     *
     * @throws PlainTextException if these bytes are no record, and no record has come before them
     * @throws SSLException if a record cannot begin like this
     */
    static int length(ByteBuffer bytes, boolean nothingBefore) throws SSLException {
        int at = bytes.position();
        int known = bytes.remaining();
        boolean typeFits = known < 1 || (bytes.get(at) >= FIRST_TYPE && bytes.get(at) <= LAST_TYPE);
        if (!typeFits || (known > 1 && bytes.get(at + 1) != MAJOR_VERSION)) {
            throw nothingBefore
                    ? new PlainTextException("the peer does not speak TLS")
                    : new SSLException("what the peer sent is no TLS record");
        }
        if (known < HEADER) {
            return 0;
        }
        int length = HEADER + (bytes.getShort(at + 3) & 0xFFFF);
        if (length > LONGEST) {
            throw new SSLException(
                    "the peer announced a TLS record of " + length + " bytes; the longest has " + LONGEST);
        }
        return length;
    }

    /** Is there a whole record, or what can never become one? */
    static boolean isDecided(ByteBuffer bytes) {
        try {
            int length = length(bytes, false);
            return length > 0 && length <= bytes.remaining();
        } catch (SSLException noRecord) {
            return true;
        }
    }
}
