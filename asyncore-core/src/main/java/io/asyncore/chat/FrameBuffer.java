package io.asyncore.chat;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Arrays;

/** The bytes of a frame as they come together; holds no memory while it is empty. */
final class FrameBuffer {

    private static final byte[] EMPTY = {};
    private static final int SMALLEST = 64;

    private byte[] bytes = EMPTY;
    private int size;

    int size() {
        return size;
    }

    /** How much memory it takes. */
    int capacity() {
        return bytes.length;
    }

    /** The first part is perhaps all of it, and then what {@link #take()} returns. */
    void add(ByteBuffer data) {
        int end = size + data.remaining();
        if (size == 0) {
            bytes = new byte[end];
        } else if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, Math.max(SMALLEST, 2 * bytes.length)));
        }
        data.get(bytes, size, end - size);
        size = end;
    }

    byte[] take() {
        byte[] all = size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
        clear();
        return all;
    }

    String takeLine(Charset charset) {
        String line = line(bytes, 0, size, charset);
        clear();
        return line;
    }

    /** These bytes as text, without a carriage return at the end. */
    static String line(byte[] bytes, int start, int length, Charset charset) {
        boolean dropsLast = length > 0 && bytes[start + length - 1] == '\r';
        return new String(bytes, start, dropsLast ? length - 1 : length, charset);
    }

    void clear() {
        bytes = EMPTY;
        size = 0;
    }
}
