package io.asyncore.spring.actuate;

import org.jspecify.annotations.Nullable;

/** A loop did not answer: it is stuck in a callback, or has too much to do. */
@SuppressWarnings("serial")
final class LoopUnavailableException extends IllegalStateException {

    LoopUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
