package io.asyncore;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Deadlines and bounds of a channel, shared by all channels that have the same; immutable.
 *
 * @param connectTimeout how long a connect may take; [10 s]
 * @param writeStallTimeout how long output may wait while the peer takes none of it; [30 s]
 * @param idleTimeout how long nothing may arrive, or null for no such deadline; [null; a server sets 5 min]
 * @param highWaterMark unwritten output in bytes above which the channel is not writable and not read; [64 KiB]
 * @param lowWaterMark unwritten output in bytes at which it is both again; [32 KiB]
 * @param hardLimit unwritten output in bytes above which the channel is closed; [8 MiB]
 */
public record ChannelOptions(
        Duration connectTimeout,
        Duration writeStallTimeout,
        @Nullable Duration idleTimeout,
        int highWaterMark,
        int lowWaterMark,
        int hardLimit) {

    /** What every dispatcher has until it is given others. */
    public static final ChannelOptions DEFAULTS = new ChannelOptions(
            Duration.ofSeconds(10), Duration.ofSeconds(30), null, 64 * 1024, 32 * 1024, 8 * 1024 * 1024);

    public ChannelOptions {
        requirePositive("connectTimeout", connectTimeout);
        requirePositive("writeStallTimeout", writeStallTimeout);
        if (idleTimeout != null) {
            requirePositive("idleTimeout", idleTimeout);
        }
        if (lowWaterMark < 0 || highWaterMark <= lowWaterMark || hardLimit <= highWaterMark) {
            throw new IllegalArgumentException("water marks must rise, 0 <= lowWaterMark < highWaterMark < hardLimit,"
                    + " but are " + lowWaterMark + ", " + highWaterMark + ", " + hardLimit);
        }
    }

    private static void requirePositive(String option, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(option + " must be longer than zero, not " + value);
        }
    }

    /** The same with another connect time-out. */
    public ChannelOptions withConnectTimeout(Duration timeout) {
        return new ChannelOptions(timeout, writeStallTimeout, idleTimeout, highWaterMark, lowWaterMark, hardLimit);
    }

    /** The same with another write-stall time-out. */
    public ChannelOptions withWriteStallTimeout(Duration timeout) {
        return new ChannelOptions(connectTimeout, timeout, idleTimeout, highWaterMark, lowWaterMark, hardLimit);
    }

    /** The same with another idle time-out; null for none. */
    public ChannelOptions withIdleTimeout(@Nullable Duration timeout) {
        return new ChannelOptions(connectTimeout, writeStallTimeout, timeout, highWaterMark, lowWaterMark, hardLimit);
    }

    /** The same with other bounds for unwritten output, in bytes. */
    public ChannelOptions withWaterMarks(int low, int high, int limit) {
        return new ChannelOptions(connectTimeout, writeStallTimeout, idleTimeout, high, low, limit);
    }
}
