package io.asyncore;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of a dispatcher that writes to the log of its class. Confined to the loop's thread unless a member says
 * otherwise.
 */
abstract class Logged extends Intake {

    Logged(ChannelMap map) {
        super(map);
    }

    /** Writes to the log of this class at level debug. Python's {@code log}. */
    public void log(String message) {
        logger().debug(message);
    }

    /**
     * Writes to the log of this class. Python's {@code log_info}.
     *
     * @param type {@code "info"}, {@code "warning"} or {@code "error"}: the level; ignored if one of
     *     {@link #setIgnoreLogTypes}
     */
    public void logInfo(String message, String type) {
        if (isIgnored(type)) {
            return;
        }
        switch (type) {
            case "error" -> logger().error(message);
            case "warning" -> logger().warn(message);
            default -> logger().info(message);
        }
    }

    /**
     * A warning by {@code logInfo} of what a peer can bring about as often as it likes: no more than ten of a kind from
     * the handlers of this class in ten seconds, and the next one says how many there were besides. On the loop's thread.
     *
     * @param kind what such warnings have in common; nothing that a peer has sent, or none would be like another
     * @param message with nothing in it that a peer has sent, unless it is escaped
     */
    protected final void warnSparingly(String kind, String message) {
        loop().failures.warn(self(), kind, message);
    }

    final void warnOfStall() {
        long waiting = pendingOutput() + requireTransport().pendingOutput();
        warnSparingly(
                "stall",
                this + ": closed, as its peer has taken nothing for " + options.writeStallTimeout()
                        + " of the output that"
                        + " waits (" + waiting + " bytes): allow it more time by ChannelOptions.withWriteStallTimeout,"
                        + " of a server timeouts.writeStall");
    }

    /**
     * For {@link Dispatcher#handleError}: with the stack, unless that tells nothing; all on one line for a class that has
     * its own {@link #logInfo}.
     */
    final void logFailure(String what, Throwable error, String rest, boolean briefly) {
        if (briefly || kind.writesLog()) {
            logInfo(what + CompactTraceback.of(error) + rest, "error");
        } else if (!isIgnored("error")) {
            logger().error("{}{}{}", what, Escaped.of((Object) error), rest, Escaped.throwable(error));
        }
    }

    /** Types that {@code logInfo} keeps quiet about; none by default. Python's {@code ignore_log_types}. */
    public final void setIgnoreLogTypes(Set<String> types) {
        checkUnlessNew();
        extras().ignoredLogTypes = Set.copyOf(types);
    }

    private boolean isIgnored(String type) {
        Extras extras = extrasIfAny();
        return extras != null && extras.ignoredLogTypes.contains(type);
    }

    /** True logs at level info what happens to this channel. Python's {@code debug}. */
    public final void setDebug(boolean debug) {
        checkUnlessNew();
        extras().debugged = debug;
    }

    /** Without a socket it is still being made, on whatever thread. */
    private void checkUnlessNew() {
        if (state() != ChannelState.NEW) {
            checkThread();
        }
    }

    @Override
    final void debugLog(String message, @Nullable Throwable cause) {
        if (isDebugged()) {
            logger().info("{}: {}", this, message, escaped(cause));
        } else if (logger().isDebugEnabled()) {
            logger().debug("{}: {}", this, message, escaped(cause));
        }
    }

    /** Why this side ends a connection, for somebody who asks long afterwards why a client was cut. */
    final void logEnd(CloseReason reason) {
        if (isDebugged() || logger().isDebugEnabled()) {
            long age = TimeUnit.NANOSECONDS.toMillis(loop().clockNanos() - opened);
            debugLog(
                    "ends for " + reason + " after " + age + " ms, " + bytesIn + " bytes in, " + bytesOut + " out",
                    null);
        }
    }

    private boolean isDebugged() {
        Extras extras = extrasIfAny();
        return extras != null && extras.debugged;
    }

    private static @Nullable Throwable escaped(@Nullable Throwable cause) {
        return cause == null ? null : Escaped.throwable(cause);
    }

    private Logger logger() {
        return LoggerFactory.getLogger(getClass());
    }
}
