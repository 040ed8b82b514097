package io.asyncore;

/**
 * Watches a loop at work: metrics, logs and tests hang on it. Every method does nothing by default.
 *
 * <p>All methods run on the loop's thread, in the middle of its work: they must be quick. What one throws is logged and
 * otherwise ignored. Registered with {@link EventLoop#addListener}.
 */
public interface LoopListener {

    /** A callback is about to run, or (CLOSE) a channel has ended. */
    default void onEvent(LoopEvent event, Dispatcher channel) {}

    /** Bytes were read from the channel's transport. */
    default void onBytesIn(Dispatcher channel, int count) {}

    /** The channel's transport took bytes. */
    default void onBytesOut(Dispatcher channel, int count) {}

    /** A channel ended with this much output that nobody will get. */
    default void onDropped(Dispatcher channel, long bytes) {}

    /** A channel is closed, and none of its callbacks is running or will run again. */
    default void onClosed(Dispatcher channel, CloseReason reason) {}

    /** A turn of the loop is over. */
    default void onTurn(EventLoop loop) {}
}
