package io.asyncore.golden;

import io.asyncore.ExitNow;

/** What a scenario puts in place of a callback's body. */
@FunctionalInterface
interface Hook<C> {

    void run(C channel) throws Exception;

    /** Throws what scenarios throw. */
    static <C> Hook<C> spam() {
        return channel -> {
            throw new Spam("spam");
        };
    }

    /** Leaves the loop. */
    static <C> Hook<C> exitNow() {
        return channel -> {
            throw new ExitNow();
        };
    }

    /** Does nothing: for {@code handle_error} that means to keep the channel. */
    static <C> Hook<C> nothing() {
        return channel -> {};
    }

    /** For {@code handle_read}: reads, and then does something. */
    static Hook<Plain> readsAnd(Hook<Plain> then) {
        return channel -> {
            channel.take();
            then.run(channel);
        };
    }
}
