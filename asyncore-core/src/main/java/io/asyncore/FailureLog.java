package io.asyncore;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
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

    private final RateLimit limit = new RateLimit(MOST, PERIOD);
    private final RateLimit handshakes = new RateLimit(MOST, PERIOD);
    private final RateLimit secondLimit = new RateLimit(MOST, PERIOD);

    /** Logs it as the default of {@code handleError} does. */
    void report(Dispatcher channel, boolean stays, Throwable error) {
        long heldBack = limit.admit(channel.getClass(), channel.loop().clockNanos());
        if (heldBack >= 0) {
            String what = (stays ? "error in " : "error, closing ") + channel + ": ";
            channel.logFailure(what, error, RateLimit.more(heldBack), isOfConnection(channel, stays, error));
        }
    }

    /** In one line: whoever finds the port can make handshakes fail. */
    void reportHandshake(Dispatcher channel, SSLException failure) {
        long heldBack = handshakes.admit(channel.getClass(), channel.loop().clockNanos());
        if (heldBack >= 0) {
            channel.logInfo(
                    "TLS handshake failed, closing " + channel + ": " + Escaped.of(failure.getMessage())
                            + RateLimit.more(heldBack),
                    "warning");
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
