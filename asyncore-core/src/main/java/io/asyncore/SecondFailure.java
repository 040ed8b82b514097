package io.asyncore;

import java.lang.reflect.UndeclaredThrowableException;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code handleError} has thrown in turn: it leaves the loop when the channel is settled, the first if there are
 * several; a started loop only reports it. Confined to the loop's thread.
 */
final class SecondFailure {

    private final EventLoop loop;
    private @Nullable Throwable error;
    private @Nullable Dispatcher from;

    SecondFailure(EventLoop loop) {
        this.loop = loop;
    }

    void keep(Dispatcher channel, Throwable thrown) {
        if (error == null) {
            error = thrown;
            from = channel;
        }
    }

    /** Out of the loop with it, if there is one. */
    void leave() {
        Throwable thrown = error;
        if (thrown != null) {
            Dispatcher channel = from;
            error = null;
            from = null;
            leave(channel, thrown);
        }
    }

    private void leave(@Nullable Dispatcher channel, Throwable thrown) {
        if (loop.isStarted()) {
            loop.failures.reportSecond(channel, thrown, loop.clockNanos());
        } else if (thrown instanceof RuntimeException unchecked) {
            throw unchecked;
        } else if (thrown instanceof Error fatal) {
            throw fatal;
        } else {
            throw new UndeclaredThrowableException(thrown, "handleError of " + channel + " failed");
        }
    }
}
