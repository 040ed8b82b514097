package io.asyncore;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Where small output is put together on its way to the queue, so that neither an encoded line nor a buffer around an array
 * is left as garbage: of a frame that is sent back that was two thirds, and encoding took a seventh of a line's time.
 * Confined to the loop's thread. What it returns is to be emptied by whoever has used it; while it is not (a send that is
 * overridden may send something else first), others get buffers of their own.
 */
final class Staging {

    private static final int MOST = 4 * 1024;
    private static final int ASCII_END = 0x80;
    private static final int LATIN_END = 0x100;

    private final byte[] bytes = new byte[MOST];
    private final ByteBuffer view = ByteBuffer.wrap(bytes).limit(0);

    ByteBuffer of(byte[] data) {
        if (data.length > MOST || view.hasRemaining()) {
            return ByteBuffer.wrap(data);
        }
        System.arraycopy(data, 0, bytes, 0, data.length);
        return view.limit(data.length).position(0);
    }

    /** Both, encoded; quickly where each character is one byte, as almost always. */
    ByteBuffer of(String text, String end, Charset charset) {
        int length = text.length() + end.length();
        if (length <= MOST
                && !view.hasRemaining()
                && (copy(text, 0) | copy(end, text.length())) < endOfPlain(charset)) {
            return view.limit(length).position(0);
        }
        return ByteBuffer.wrap((text + end).getBytes(charset));
    }

    /** The low byte of each character; returns all bits that are set in any. */
    private int copy(String text, int start) {
        byte[] to = bytes;
        int bits = 0;
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            to[start + i] = (byte) next;
            bits |= next;
        }
        return bits;
    }

    /** Characters before this one are encoded as themselves; 0 where nothing is known. */
    private static int endOfPlain(Charset charset) {
        if (charset.equals(StandardCharsets.UTF_8) || charset.equals(StandardCharsets.US_ASCII)) {
            return ASCII_END;
        }
        return charset.equals(StandardCharsets.ISO_8859_1) ? LATIN_END : 0;
    }
}
