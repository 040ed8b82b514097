package io.asyncore.transport.tls;

import io.asyncore.transport.WrappingTransport.HeldListener;
import org.jspecify.annotations.Nullable;

/**
 * The memory that a session takes between two calls, by its records which wait and by what the transport below keeps.
 * Confined to the loop's thread.
 */
final class Held {

    private final CipherInput in;
    private final CipherOutput out;
    private HeldListener listener = (input, output) -> {};
    private int below;
    private int toldInput;
    private int toldOutput;

    Held(CipherInput in, CipherOutput out) {
        this.in = in;
        this.out = out;
    }

    /** What the transport below keeps: {@link #update} tells of it. */
    void below(int input) {
        below = input;
    }

    /** Tells this one, and nobody else from now on. */
    void tell(HeldListener chosen, @Nullable Session session) {
        listener = chosen;
        tell(input(session), out.memory());
    }

    /** Tells whether it is another number than before. */
    void update(@Nullable Session session) {
        int input = input(session);
        int output = out.memory();
        if (input != toldInput || output != toldOutput) {
            tell(input, output);
        }
    }

    private void tell(int input, int output) {
        toldInput = input;
        toldOutput = output;
        listener.holds(input, output);
    }

    private int input(@Nullable Session session) {
        return below + in.memory() + (session == null ? 0 : session.memory());
    }
}
