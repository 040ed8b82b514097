package io.asyncore.chat;

import org.jspecify.annotations.Nullable;

/**
 * Makes output piece by piece: asked for the next piece when the peer has taken enough of the earlier ones. Python's
 * producers.
 *
 * <p>Confined to the loop's thread from the moment that it is pushed, and made for one channel. One that is also
 * {@link AutoCloseable} is closed when it is done, when it has thrown, and when its channel drops its output; closing must
 * be harmless the second time.
 */
@FunctionalInterface
public interface Producer {

    /**
     * The next piece; null or an empty one when there is no more. Runs on the loop's thread, so it must not block for
     * long; what it throws goes to the channel's {@code handleError} and ends this producer. Python's {@code more()}.
     */
    byte @Nullable [] more() throws Exception;
}
