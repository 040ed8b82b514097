package io.asyncore.chat;

import java.nio.ByteBuffer;

/** Ends a frame after a number of bytes. */
record FixedLength(int length) implements Terminator {

    FixedLength {
        if (length < 1) {
            throw new IllegalArgumentException("a frame's length must be at least 1, not " + length
                    + "; to collect everything use Terminator.none()");
        }
    }

    @Override
    public int search(ByteBuffer input, int collected) {
        int missing = length - collected;
        return input.remaining() >= missing ? Math.max(0, missing) : ~input.remaining();
    }

    @Override
    public int width() {
        return 0;
    }
}
