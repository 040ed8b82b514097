package io.asyncore;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The body of a started loop's thread: turns until the loop is stopped, then ends all that is left. */
record StartedLoop(EventLoop loop) implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(EventLoop.class);

    private static final int ROUNDS = 10;

    @Override
    public void run() {
        ChannelMap outer = loop.enter();
        try {
            loop.turnUntilStopped();
        } catch (ExitNow e) {
            log.info("the loop was left by ExitNow: {}", String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            log.error("the loop has failed and is gone", e);
        } finally {
            try {
                shutDown();
            } finally {
                loop.endedAsStarted();
                loop.leave(outer);
            }
        }
    }

    /** More than one round, as a handler that is told of the end may make new channels. */
    private void shutDown() {
        finishTasks();
        for (int round = 0; round < ROUNDS && !loop.map().isEmpty(); round++) {
            for (Dispatcher channel : loop.map().channels()) {
                channel.end(CloseReason.SHUTDOWN);
            }
            settleAll();
        }
        loop.map().closeAll(true);
    }

    /** Tasks that were taken are run: somebody may wait for what they do. */
    private void finishTasks() {
        loop.refuseTasks();
        while (loop.hasTasks()) {
            try {
                loop.runTasks();
            } catch (ExitNow e) {
                log.debug("ExitNow while the loop shuts down anyway", e);
            }
        }
        settleAll();
    }

    private void settleAll() {
        while (loop.callbacks.hasUnsettled()) {
            try {
                loop.callbacks.settleAll();
            } catch (ExitNow e) {
                log.debug("ExitNow while the loop shuts down anyway", e);
            }
        }
    }
}
