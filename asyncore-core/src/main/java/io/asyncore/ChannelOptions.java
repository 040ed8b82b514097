package io.asyncore;

import io.asyncore.transport.tls.EngineSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Deadlines and bounds of a channel, shared by all channels that have the same; immutable. Begin with {@link #DEFAULTS}
 * and change what is to be different: there will be more components in time.
 *
 * @param connectTimeout how long a connect may take; [10 s]
 * @param writeStallTimeout how long output may wait while the peer takes none of it; [30 s]. What the kernel's
 *     buffer takes counts as taken, and as that buffer may grow, a peer that reads nothing ends after one to three times this
 *     time, and with a reset
 * @param handshakeTimeout how long a TLS handshake that {@code startTls} began may take; [10 s]
 * @param idleTimeout how long nothing may arrive, or null for no such deadline; [null; a server sets 5 min]
 * @param messageTimeout how long a message may take from its first byte to its last, or null for no such deadline; [null; a
 *     server sets 30 s]. It counts where messages are told apart, as in {@code AsyncChat}
 * @param highWaterMark unwritten output in bytes above which the channel is not writable and not read; [64 KiB]
 * @param lowWaterMark unwritten output in bytes at which it is both again; [32 KiB]
 * @param hardLimit unwritten output in bytes above which the channel is closed; [8 MiB]. What a single call sends is taken
 *     whole, however much it is, if no more than {@code highWaterMark} waited before it: a large message alone is no
 *     overflow, and whatever is sent on top of it is one as long as more than the limit waits. What waits then is dropped, and
 *     a TCP peer sees a reset: what was cut off must not look complete
 * @param maxFrameLength the longest message in bytes, where messages are told apart; [64 KiB]
 * @param tls makes the engines for {@code startTls()} without arguments, or null if there are none; [null; a server with TLS
 *     options sets its own]
 */
public record ChannelOptions(
        Duration connectTimeout,
        Duration writeStallTimeout,
        Duration handshakeTimeout,
        @Nullable Duration idleTimeout,
        @Nullable Duration messageTimeout,
        int highWaterMark,
        int lowWaterMark,
        int hardLimit,
        int maxFrameLength,
        @Nullable EngineSource tls) {

    /** What every dispatcher has until it is given others. */
    public static final ChannelOptions DEFAULTS = new OptionsDraft().done();

    public ChannelOptions {
        requirePositive("connectTimeout", connectTimeout);
        requirePositive("writeStallTimeout", writeStallTimeout);
        requirePositive("handshakeTimeout", handshakeTimeout);
        requirePositive("idleTimeout", idleTimeout);
        requirePositive("messageTimeout", messageTimeout);
        if (lowWaterMark < 0 || highWaterMark <= lowWaterMark || hardLimit <= highWaterMark) {
            throw new IllegalArgumentException("water marks must rise, 0 <= lowWaterMark < highWaterMark < hardLimit,"
                    + " but are " + lowWaterMark + ", " + highWaterMark + ", " + hardLimit);
        }
        if (maxFrameLength < 1) {
            throw new IllegalArgumentException("maxFrameLength must be at least 1, not " + maxFrameLength);
        }
    }

    /**
     * Has nobody chosen anything? A server's options have an idle time-out, and are told by that: the first time that two
     * records are compared costs a start 50 ms.
     */
    @SuppressWarnings("ReferenceEquality") // most are these very ones
    boolean areDefaults() {
        return this == DEFAULTS || (idleTimeout == null && equals(DEFAULTS));
    }

    private static void requirePositive(String option, @Nullable Duration value) {
        if (value != null && (value.isNegative() || value.isZero())) {
            throw new IllegalArgumentException(option + " must be longer than zero, not " + value);
        }
    }

    /** To be changed in one thing. */
    private OptionsDraft draft() {
        return new OptionsDraft(this);
    }

    /** The same with another connect time-out. */
    public ChannelOptions withConnectTimeout(Duration timeout) {
        OptionsDraft draft = draft();
        draft.connectTimeout = timeout;
        return draft.done();
    }

    /** The same with another write-stall time-out. */
    public ChannelOptions withWriteStallTimeout(Duration timeout) {
        OptionsDraft draft = draft();
        draft.writeStallTimeout = timeout;
        return draft.done();
    }

    /** The same with another time-out for TLS handshakes. */
    public ChannelOptions withHandshakeTimeout(Duration timeout) {
        OptionsDraft draft = draft();
        draft.handshakeTimeout = timeout;
        return draft.done();
    }

    /** The same with engines for {@code startTls()}, or null for none. */
    public ChannelOptions withTls(@Nullable EngineSource engines) {
        OptionsDraft draft = draft();
        draft.tls = engines;
        return draft.done();
    }

    /** The same with another idle time-out; null for none. */
    public ChannelOptions withIdleTimeout(@Nullable Duration timeout) {
        OptionsDraft draft = draft();
        draft.idleTimeout = timeout;
        return draft.done();
    }

    /** The same with another time-out for whole messages; null for none. */
    public ChannelOptions withMessageTimeout(@Nullable Duration timeout) {
        OptionsDraft draft = draft();
        draft.messageTimeout = timeout;
        return draft.done();
    }

    /** The same with other bounds for unwritten output, in bytes. */
    public ChannelOptions withWaterMarks(int low, int high, int limit) {
        OptionsDraft draft = draft();
        draft.lowWaterMark = low;
        draft.highWaterMark = high;
        draft.hardLimit = limit;
        return draft.done();
    }

    /** The same with another bound for messages, in bytes. */
    public ChannelOptions withMaxFrameLength(int bytes) {
        OptionsDraft draft = draft();
        draft.maxFrameLength = bytes;
        return draft.done();
    }
}
