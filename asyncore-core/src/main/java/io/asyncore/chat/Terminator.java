package io.asyncore.chat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Says where a frame ends. Stateless, so that one may serve any number of channels; implement it for framing of your own.
 * Python's argument of {@code set_terminator}.
 */
public interface Terminator {

    /**
     * Looks for the end of the current frame.
     *
     * @param input what has arrived and was not collected yet, from position to limit; left as it is
     * @param collected how many bytes of this frame were collected before
     * @return the number of bytes before the end if it is there; else {@code ~n}, where the first n bytes certainly belong
     *     to the frame and the rest may be the beginning of its end
     */
    int search(ByteBuffer input, int collected);

    /** How many bytes stand between two frames: they are taken from the input and belong to neither. */
    int width();

    /** A frame ends before these bytes. */
    static Terminator delimiter(byte[] delimiter) {
        return new Delimiter(NoTerminator.insteadOfNull(delimiter));
    }

    /** A frame ends before this text, in UTF-8. */
    static Terminator delimiter(String delimiter) {
        return new Delimiter(NoTerminator.insteadOfNull(delimiter).getBytes(StandardCharsets.UTF_8));
    }

    /** A frame ends before this character, in UTF-8. */
    static Terminator delimiter(char delimiter) {
        return delimiter(String.valueOf(delimiter));
    }

    /** Every so many bytes are a frame: again and again, not once as in Python. */
    static Terminator length(int length) {
        return new FixedLength(length);
    }

    /** There are no frames: everything is collected, for ever. Python's {@code None}, {@code 0} and {@code ''}. */
    static Terminator none() {
        return NoTerminator.INSTANCE;
    }
}
