package io.asyncore;

import java.io.IOException;
import java.io.UncheckedIOException;

/** What no callback can do to a loop, and its own failure would: its next turn throws. */
public final class BrokenPoller {

    private BrokenPoller() {}

    /** Takes the poller away from a loop that runs, when all its channels are being watched. */
    public static void of(EventLoop loop) {
        loop.execute(() -> loop.execute(() -> close(loop)));
    }

    private static void close(EventLoop loop) {
        try {
            loop.poller().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
