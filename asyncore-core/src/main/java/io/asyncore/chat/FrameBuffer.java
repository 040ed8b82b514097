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

    void add(ByteBuffer data) {
        int end = size + data.remaining();
        if (end > bytes.length) {
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
        int length = size > 0 && bytes[size - 1] == '\r' ? size - 1 : size;
        String line = new String(bytes, 0, length, charset);
        clear();
        return line;
    }

    void clear() {
        bytes = EMPTY;
        size = 0;
    }
}
