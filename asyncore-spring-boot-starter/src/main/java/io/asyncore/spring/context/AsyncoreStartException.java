package io.asyncore.spring.context;

import org.jspecify.annotations.Nullable;

/** Why the servers of an application cannot start, and what to do about it. Boot prints both, without a stack trace. */
@SuppressWarnings("serial")
public final class AsyncoreStartException extends RuntimeException {

    private final String action;

    /**
     * Creates the exception.
     *
     * @param description what is wrong, in full sentences
     * @param action what the reader should write or do
     */
    public AsyncoreStartException(String description, String action) {
        this(description, action, null);
    }

    AsyncoreStartException(String description, String action, @Nullable Throwable cause) {
        super(description, cause);
        this.action = action;
    }

    /** What the reader should write or do. */
    public String getAction() {
        return action;
    }
}
