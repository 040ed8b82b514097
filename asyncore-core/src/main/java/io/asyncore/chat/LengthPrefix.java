package io.asyncore.chat;

import java.net.ProtocolException;
import java.nio.ByteBuffer;

/** The bytes before a frame that say how long it is; they end where the frame begins. */
final class LengthPrefix implements Terminator {

    private static final int BYTE = 0xFF;

    private final LengthPrefixedChat chat;
    private final int bytes;

    LengthPrefix(LengthPrefixedChat chat, int bytes) {
        if (bytes < 1 || bytes > Long.BYTES) {
            throw new IllegalArgumentException("a length prefix has 1 to 8 bytes, not " + bytes);
        }
        this.chat = chat;
        this.bytes = bytes;
    }

    /** What the prefix says that is all there. */
    long lengthIn(ByteBuffer input) throws Exception {
        long prefix = 0;
        int end = input.position() + bytes;
        for (int i = input.position(); i < end; i++) {
            prefix = prefix << Byte.SIZE | input.get(i) & BYTE;
        }
        long length = chat.decodeLength(prefix);
        if (length < 0) {
            throw new ProtocolException("the prefix 0x" + Long.toHexString(prefix) + " says no length");
        }
        return length;
    }

    /** For a frame of this length. */
    long prefixFor(int length) {
        long prefix = chat.encodeLength(length);
        if (bytes < Long.BYTES && prefix >>> bytes * Byte.SIZE != 0) {
            throw new IllegalArgumentException(
                    "a prefix of " + bytes + " bytes cannot say the length of a frame of " + length);
        }
        return prefix;
    }

    @Override
    public int search(ByteBuffer input, int collected) {
        return input.remaining() >= bytes ? bytes : ~0;
    }

    /** They stand between two frames and belong to neither. */
    @Override
    public int width() {
        return bytes;
    }

    @Override
    public String toString() {
        return "a length prefix of " + bytes + " bytes";
    }
}
