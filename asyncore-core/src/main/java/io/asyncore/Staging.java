package io.asyncore;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where small pieces of output are put together, and text is encoded, before they go to their queue's chunks as one: that
 * saves 6 % of a line of 32 bytes, and nothing is left as garbage. Confined to the loop's thread.
 *
 * <p>There is room for one queue's at a time. What waits here counts as queued; the queue calls for it before it looks at
 * its bytes, and it goes there when another queue needs the room.
 */
final class Staging {

    /** Longer pieces have nothing to gain. */
    static final int MOST = 4 * 1024;

    private static final int EIGHT = 8;
    private static final int ASCII_END = 0x80;
    private static final int LATIN_END = 0x100;

    private final byte[] bytes = new byte[MOST];
    private final ByteBuffer view = ByteBuffer.wrap(bytes);

    /** Whose the bytes are. */
    private @Nullable OutputQueue owner;

    private int size;

    /** Does something wait here for this queue? */
    boolean holds(OutputQueue queue) {
        return size > 0 && owner == queue;
    }

    /** Takes it in for this queue; false if it is too long. */
    boolean add(OutputQueue queue, byte[] data) {
        if (data.length > MOST) {
            return false;
        }
        makeRoom(queue, data.length);
        copy(data);
        return true;
    }

    /** The same behind a number of so many bytes, the highest first. */
    boolean add(OutputQueue queue, long number, int width, byte[] data) {
        if (data.length > MOST - width) {
            return false;
        }
        makeRoom(queue, width + data.length);
        for (int shift = (width - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[size++] = (byte) (number >>> shift);
        }
        copy(data);
        return true;
    }

    /** The same for the remaining bytes. */
    boolean add(OutputQueue queue, ByteBuffer data) {
        int length = data.remaining();
        if (length > MOST) {
            return false;
        }
        makeRoom(queue, length);
        data.get(bytes, size, length);
        size += length;
        return true;
    }

    /** Text, encoded, and its end; false unless each character is one byte, as almost always. */
    boolean add(OutputQueue queue, String text, byte[] end, Charset charset) {
        int length = text.length() + end.length;
        if (length > MOST || bitsOf(text) >= endOfPlain(charset)) {
            return false;
        }
        makeRoom(queue, length);
        copyLowBytes(text);
        copy(end);
        return true;
    }

    private void copy(byte[] data) {
        System.arraycopy(data, 0, bytes, size, data.length);
        size += data.length;
    }

    private void makeRoom(OutputQueue queue, int length) {
        if (owner != queue || size + length > MOST) {
            settle();
            owner = queue;
        }
    }

    /** Gives the queue what waits here for it. */
    void settle(OutputQueue queue) {
        if (holds(queue)) {
            settle();
        }
    }

    private void settle() {
        if (owner != null && size > 0) {
            owner.store(view.limit(size).position(0));
        }
        size = 0;
    }

    /** Forgets what waits here for the queue. */
    void drop(OutputQueue queue) {
        if (owner == queue) {
            size = 0;
        }
    }

    /** All bits that are set in any character; some are looked at twice, as a loop for the rest would cost 2 ns. */
    private static int bitsOf(String text) {
        int last = text.length() - EIGHT;
        if (last < 0) {
            return bitsOfFew(text);
        }
        int bits = bitsOfEight(text, last);
        for (int i = 0; i < last; i += EIGHT) {
            bits |= bitsOfEight(text, i);
        }
        return bits;
    }

    private static int bitsOfFew(String text) {
        int bits = 0;
        for (int i = 0; i < text.length(); i++) {
            bits |= text.charAt(i);
        }
        return bits;
    }

    private static int bitsOfEight(String text, int i) {
        return text.charAt(i)
                | text.charAt(i + 1)
                | (text.charAt(i + 2) | text.charAt(i + 3))
                | (text.charAt(i + 4) | text.charAt(i + 5) | (text.charAt(i + 6) | text.charAt(i + 7)));
    }

    /** Apart from the loops above, as both together take half as long as one loop that does both. */
    @SuppressWarnings("deprecation") // it drops the high bytes, of which there are none
    private void copyLowBytes(String text) {
        text.getBytes(0, text.length(), bytes, size);
        size += text.length();
    }

    /** Characters before this one are encoded as themselves; 0 where nothing is known. */
    private static int endOfPlain(Charset charset) {
        if (charset.equals(StandardCharsets.UTF_8) || charset.equals(StandardCharsets.US_ASCII)) {
            return ASCII_END;
        }
        return charset.equals(StandardCharsets.ISO_8859_1) ? LATIN_END : 0;
    }
}
