package io.asyncore;

/**
 * Thrown by a handler to leave the loop at once: the only thing a handler may throw that is not its channel's own
 * business. {@link Asyncore#loop()} passes it on to its caller; a started loop shuts down. Python's
 * {@code asyncore.ExitNow}.
 */
public class ExitNow extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Leaves without a word. */
    public ExitNow() {}

    /** Leaves with a reason for whoever catches it. */
    public ExitNow(String message) {
        super(message);
    }
}
