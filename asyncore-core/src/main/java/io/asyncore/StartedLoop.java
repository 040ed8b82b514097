package io.asyncore;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The body of a started loop's thread. */
record StartedLoop(EventLoop loop) implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(EventLoop.class);

    @Override
    public void run() {
        try {
            loop.runStarted();
        } catch (ExitNow e) {
            log.info("the loop was left by ExitNow: {}", String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            log.error("the loop has failed and is gone", e);
        }
    }
}
