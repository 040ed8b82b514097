package io.asyncore;

import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A loop with a thread of its own, which turns it until it is stopped and then ends all that is left. */
record StartedLoop(EventLoop loop) implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(EventLoop.class);

    /** Begun on any thread. */
    static Thread start(EventLoop loop, ThreadFactory factory) {
        Thread thread = factory.newThread(new StartedLoop(loop));
        if (thread == null) {
            throw new IllegalArgumentException("the thread factory gave no thread");
        }
        loop.ownership.giveTo(thread);
        loop.drain.end();
        loop.beganAsStarted();
        try {
            thread.start();
        } catch (RuntimeException | Error e) {
            loop.endedAsStarted();
            loop.ownership.release();
            throw e;
        }
        return thread;
    }

    @Override
    public void run() {
        ChannelMap outer = loop.enter();
        try {
            loop.turnUntilStopped();
        } catch (ExitNow e) {
            log.info(
                    "the loop on thread '{}' was left by ExitNow{}",
                    Thread.currentThread().getName(),
                    e.getMessage() == null ? "" : ": " + Escaped.of(e.getMessage()));
        } catch (RuntimeException | Error e) {
            lastWords(e);
            throw e; // whoever made the thread learns of it
        } finally {
            try {
                finishTasks();
                Shutdown.endAll(loop);
            } finally {
                loop.endedAsStarted();
                loop.leave(outer);
            }
        }
    }

    /** Where there is no memory even to say it, the channels first let go of what they hold. */
    private void lastWords(Throwable failure) {
        try {
            say(failure);
        } catch (OutOfMemoryError e) {
            try {
                Shutdown.endAll(loop);
            } finally {
                say(failure);
            }
        }
    }

    private static void say(Throwable failure) {
        log.error("the loop has failed and is gone", Escaped.throwable(failure));
    }

    /** Tasks that were taken are run: somebody may wait for what they do. */
    private void finishTasks() {
        loop.refuseTasks();
        loop.ownership.noteInterrupt(); // of the callback that would not return
        while (loop.hasTasks()) {
            try {
                loop.runTasks();
            } catch (ExitNow e) {
                log.debug("ExitNow while the loop shuts down anyway", e);
            }
        }
        Shutdown.settleAll(loop);
    }
}
