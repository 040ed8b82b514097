package io.asyncore.spring.actuate;

import io.asyncore.EventLoop;
import io.asyncore.spring.AsyncoreServer;
import java.lang.reflect.Method;
import java.util.Objects;

/** What no callback can do to a loop, and its own failure would: its next turn throws. */
final class BrokenLoop {

    private BrokenLoop() {}

    /** Takes the poller away from the first loop of a server that runs, when all its channels are being watched. */
    static void of(AsyncoreServer running) {
        EventLoop loop = Objects.requireNonNull(running.server()).loop();
        loop.execute(() -> loop.execute(() -> closePoller(loop)));
    }

    /** The core keeps it to itself. */
    private static void closePoller(EventLoop loop) {
        try {
            Method poller = EventLoop.class.getDeclaredMethod("poller");
            poller.setAccessible(true);
            ((AutoCloseable) Objects.requireNonNull(poller.invoke(loop))).close();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
