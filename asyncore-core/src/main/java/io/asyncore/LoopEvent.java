package io.asyncore;

/** The kinds of events that a loop counts and times: each stands for one run of somebody's code. */
public enum LoopEvent {
    /** {@code handleAccept}: a connection waited at a listening channel. */
    ACCEPT("handleAccept"),
    /** {@code handleConnect}: a channel became connected. */
    CONNECT("handleConnect"),
    /** {@code handleRead}. */
    READ("handleRead"),
    /** {@code handleWrite}: the kernel took output again after it had refused some, or a handler asked for it. */
    WRITE("handleWrite"),
    /** {@code handleEof}: the input of a channel has ended. */
    EOF("handleEof"),
    /** The end of a channel, whoever brought it about; timed are {@code handleClose} and {@code close}. */
    CLOSE("handleClose"),
    /** {@code handleError}: a callback threw, or a connect failed. */
    ERROR("handleError"),
    /** {@code handleExpt}: urgent data. */
    EXPT("handleExpt"),
    /** {@code handleTimeout}: a deadline passed. */
    TIMEOUT("handleTimeout"),
    /** {@code handleBackpressure}: too much output waits. */
    BACKPRESSURE("handleBackpressure"),
    /** {@code handleDrained}: there is room for output again. */
    DRAINED("handleDrained"),
    /** {@code handleDrain}: the loop's server is shutting down. */
    DRAIN("handleDrain"),
    /** A call that {@code callLater} or {@code callEvery} has scheduled. */
    TIMER("a timer's call"),
    /** A task that was handed in with {@code execute}, or output from another thread. */
    TASK("a task"),
    /** Output that was queued outside a callback of its channel is written; producers are asked for theirs. */
    OUTPUT("writing output"),
    /** Channels are asked for their {@code readable()} and {@code writable()}. */
    INTEREST("readable or writable");

    private final String callback;

    LoopEvent(String callback) {
        this.callback = callback;
    }

    /** The callback that it stands for, as it is called in logs. */
    public String callback() {
        return callback;
    }

    /** Is it told by {@link LoopListener#onEvent}? The others happen to no channel, or to many at once. */
    boolean isToldOfEachChannel() {
        return ordinal() < TIMER.ordinal();
    }
}
