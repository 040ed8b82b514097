package io.asyncore;

import org.jspecify.annotations.Nullable;

/**
 * Watches a loop at work: metrics, logs and tests hang on it. Every method does nothing by default.
 *
 * <p>All methods run on the loop's thread, in the middle of its work: they must be quick. What one throws, even an {@link
 * Error}, is logged and otherwise ignored. Registered with {@link EventLoop#addListener(LoopListener)}.
 */
public interface LoopListener {

    /** A callback is about to run, or (CLOSE) a channel has ended. Not told of TIMER, TASK, OUTPUT and INTEREST. */
    default void onEvent(LoopEvent event, Dispatcher channel) {}

    /**
     * A callback has returned, or thrown, and what it queued is written.
     *
     * @param channel whose callback it was; null for what belongs to no channel (TASK, some TIMER) or to several at once
     *     (OUTPUT, INTEREST)
     * @param nanos how long it took by the loop's clock, without the callbacks and nested polls within it: the times of all
     *     callbacks together are the time that the loop worked
     */
    default void onCallback(LoopEvent event, @Nullable Dispatcher channel, long nanos) {}

    /** A callback has held the loop up for longer than {@link EventLoop#setSlowCallbackThreshold} allows. */
    default void onSlowCallback(SlowCallback report) {}

    /** A TLS handshake is done, after so many nanoseconds. */
    default void onHandshake(Dispatcher channel, long nanos) {}

    /** Bytes were read from the channel's transport. */
    default void onBytesIn(Dispatcher channel, int count) {}

    /** The channel's transport took bytes. */
    default void onBytesOut(Dispatcher channel, int count) {}

    /** A channel ended with this much output that nobody will get. */
    default void onDropped(Dispatcher channel, long bytes) {}

    /** A channel is closed, and none of its callbacks is running or will run again. */
    default void onClosed(Dispatcher channel, CloseReason reason) {}

    /** A turn of the loop is over; {@link EventLoop#lagNanos()} is how long it worked before it could wait again. */
    default void onTurn(EventLoop loop) {}
}
