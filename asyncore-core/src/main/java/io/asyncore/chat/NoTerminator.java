package io.asyncore.chat;

import java.nio.ByteBuffer;
import java.util.Objects;

/** Never ends a frame. */
enum NoTerminator implements Terminator {
    INSTANCE;

    /** Python's {@code None} means this terminator; null here is a mistake. */
    static <T> T insteadOfNull(T terminator) {
        return Objects.requireNonNull(
                terminator, "a terminator must not be null: to collect everything use Terminator.none()");
    }

    @Override
    public int search(ByteBuffer input, int collected) {
        return ~input.remaining();
    }

    @Override
    public int width() {
        return 0;
    }

    @Override
    public String toString() {
        return "Terminator.none()";
    }
}
