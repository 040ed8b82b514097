package io.asyncore;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of all channels of a loop that is not to go on. On the loop's thread. */
final class Shutdown {

    private static final Logger log = LoggerFactory.getLogger(EventLoop.class);

    private static final int ROUNDS = 10;

    private Shutdown() {}

    /** More than one round, as a handler that is told of the end may make new channels. */
    static void endAll(EventLoop loop) {
        for (int round = 0; round < ROUNDS && !loop.map().isEmpty(); round++) {
            for (Dispatcher channel : loop.map().channels()) {
                channel.end(CloseReason.SHUTDOWN);
            }
            settleAll(loop);
        }
        loop.map().closeAll(true);
    }

    static void settleAll(EventLoop loop) {
        while (loop.callbacks.hasUnsettled()) {
            try {
                loop.callbacks.settleAll();
            } catch (ExitNow e) {
                log.debug("ExitNow while the loop shuts down anyway", e);
            }
        }
    }
}
