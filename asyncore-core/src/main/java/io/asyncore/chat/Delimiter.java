package io.asyncore.chat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Ends a frame before a sequence of bytes. */
final class Delimiter implements Terminator {

    private final byte[] delimiter;

    Delimiter(byte[] delimiter) {
        if (delimiter.length == 0) {
            throw new IllegalArgumentException(
                    "a delimiter needs at least one byte; to collect everything use Terminator.none()");
        }
        this.delimiter = delimiter.clone();
    }

    @Override
    public int search(ByteBuffer input, int collected) {
        byte first = delimiter[0];
        int start = input.position();
        int end = input.limit();
        for (int at = start; at < end; at++) {
            if (input.get(at) == first && matches(input, at, end)) {
                return at + delimiter.length <= end ? at - start : ~(at - start);
            }
        }
        return ~(end - start);
    }

    /** As far as the input goes: a beginning of the delimiter at the very end is a match too. */
    private boolean matches(ByteBuffer input, int at, int end) {
        int length = Math.min(delimiter.length, end - at);
        for (int i = 1; i < length; i++) {
            if (input.get(at + i) != delimiter[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int width() {
        return delimiter.length;
    }

    @Override
    public String toString() {
        String text = new String(delimiter, StandardCharsets.ISO_8859_1);
        return "Terminator.delimiter(" + text.replace("\r", "\\r").replace("\n", "\\n") + ")";
    }
}
