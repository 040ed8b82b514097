package io.asyncore;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What callbacks throw, for the log: with the stack where it tells something, and no more than ten of a handler's class in
 * ten seconds; and as many of its TLS handshakes that fail. One for each loop; any thread, as a listener's loop is told of
 * what failed on another one.
 */
final class FailureLog {

    private static final Logger log = LoggerFactory.getLogger(EventLoop.class);

    private static final int MOST = 10;
    private static final long PERIOD = TimeUnit.SECONDS.toNanos(10);

    /** For what no loop is at hand. */
    private static final RateLimit elsewhere = new RateLimit(MOST, PERIOD);

    private final RateLimit limit = new RateLimit(MOST, PERIOD);
    private final RateLimit warnings = new RateLimit(MOST, PERIOD);
    private final RateLimit taskLimit = new RateLimit(MOST, PERIOD);
    private final RateLimit secondLimit = new RateLimit(MOST, PERIOD);

    /** Logs it as the default of {@code handleError} does. */
    void report(Dispatcher channel, boolean stays, Throwable error) {
        long heldBack = limit.admit(channel.getClass(), channel.loop().clockNanos());
        if (heldBack >= 0) {
            String what = (stays ? "error in " : "error, closing ") + channel + ": ";
            channel.logFailure(what, error, RateLimit.more(heldBack), isOfConnection(channel, stays, error));
        }
    }

    /** In one line, and no more than ten of this kind from handlers of this class in ten seconds. */
    void warn(Dispatcher channel, String kind, String message) {
        long heldBack =
                warnings.admit(List.of(channel.getClass(), kind), channel.loop().clockNanos());
        if (heldBack >= 0) {
            channel.logInfo(message + RateLimit.more(heldBack), "warning");
        }
    }

    /** Logs what a task has thrown that belongs to no channel. */
    void reportTask(Runnable task, Throwable error, long now) {
        long heldBack = taskLimit.admit(task.getClass(), now);
        if (heldBack >= 0) {
            log.error(
                    "a task of the loop failed: {}{}",
                    Escaped.of(task),
                    RateLimit.more(heldBack),
                    Escaped.throwable(error));
        }
    }

    /** Says what waits in a loop that has ended for want of channels. */
    void noteLeftBehind(int timers, int tasks, long now) {
        if (timers == 0 && tasks == 0) {
            return;
        }
        long heldBack = warnings.admit("left behind", now);
        if (heldBack >= 0) {
            log.info(
                    "the loop has ended, as its map is empty; left for its next run: timers {}, tasks {}. Only a channel"
                            + " keeps it going, or EventLoop.start(){}",
                    timers,
                    tasks,
                    RateLimit.more(heldBack));
        }
    }

    /** Logs what failed on a thread of its own, or when nobody could hear of it any more. */
    static void warnElsewhere(Logger log, String message, Throwable error) {
        long heldBack = elsewhere.admit(message, Nanos.CLOCK.getAsLong());
        if (heldBack >= 0) {
            log.warn("{}{}", message, RateLimit.more(heldBack), Escaped.throwable(error));
        }
    }

    /** Logs what a {@code handleError} of the handler's own has thrown in turn. */
    void reportSecond(@Nullable Dispatcher channel, Throwable error, long now) {
        Object kind = channel == null ? FailureLog.class : channel.getClass();
        long heldBack = secondLimit.admit(kind, now);
        if (heldBack >= 0) {
            log.error("handleError of {} failed{}", channel, RateLimit.more(heldBack), Escaped.throwable(error));
        }
    }

    /** The kernel's answer to an accept, a connect or a datagram: where we asked for it tells nothing. */
    private static boolean isOfConnection(Dispatcher channel, boolean stays, Throwable error) {
        return error instanceof IOException && (stays || channel.isConnecting());
    }
}
