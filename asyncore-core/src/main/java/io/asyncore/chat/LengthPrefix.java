package io.asyncore.chat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The bytes before a frame that say how long it is; they end where the frame begins. */
final class LengthPrefix implements Terminator {

    private static final int BYTE = 0xFF;

    private final LengthPrefixedChat chat;
    private final int bytes;
    private final ByteOrder order;

    LengthPrefix(LengthPrefixedChat chat, int bytes, ByteOrder order) {
        if (bytes < 1 || bytes > Long.BYTES) {
            throw new IllegalArgumentException("a length prefix has 1 to 8 bytes, not " + bytes);
        }
        this.chat = chat;
        this.bytes = bytes;
        this.order = order;
    }

    LengthPrefix withLength(int other) {
        return new LengthPrefix(chat, other, order);
    }

    LengthPrefix withOrder(ByteOrder other) {
        return new LengthPrefix(chat, bytes, other);
    }

    /** The length that the prefix at the input's position says; all of the prefix must be there. */
    long lengthIn(ByteBuffer input) throws Exception {
        long prefix = 0;
        int end = input.position() + bytes;
        for (int i = input.position(); i < end; i++) {
            prefix = prefix << Byte.SIZE | input.get(i) & BYTE;
        }
        long number = ordered(prefix);
        long length = chat.decodeLength(number);
        if (length < 0) {
            throw new BadPrefix("the prefix 0x" + Long.toHexString(number) + " says no length");
        }
        return length;
    }

    /** For a frame of this length; what is to be sent first is highest. */
    long prefixFor(int length) {
        long number = chat.encodeLength(length);
        if (number < 0 || (bytes < Long.BYTES && number >>> bytes * Byte.SIZE != 0)) {
            throw new IllegalArgumentException(
                    "a prefix of " + bytes + " bytes cannot say the length of a frame of " + length);
        }
        return ordered(number);
    }

    /** Between a number and what it is when its first byte is the highest; it is the same both ways. */
    private long ordered(long number) {
        return order == ByteOrder.BIG_ENDIAN ? number : Long.reverseBytes(number) >>> Long.SIZE - bytes * Byte.SIZE;
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
        return "a length prefix of " + bytes + " bytes" + (order == ByteOrder.BIG_ENDIAN ? "" : ", the lowest first");
    }
}
