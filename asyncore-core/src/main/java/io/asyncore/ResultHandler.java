package io.asyncore;

import org.jspecify.annotations.Nullable;

/**
 * Takes what off-loop work has come to, as a callback of its channel; see {@link Dispatcher#offload}. What it throws goes
 * to {@link Dispatcher#handleError}.
 */
@FunctionalInterface
public interface ResultHandler<T extends @Nullable Object> {

    /** The result of the work, or its failure; on the thread of the channel's loop. */
    void handle(T result) throws Exception;
}
