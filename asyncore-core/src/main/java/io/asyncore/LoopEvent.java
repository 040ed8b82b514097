package io.asyncore;

/** The kinds of events that a loop counts: each stands for one run of a dispatcher's callback. */
public enum LoopEvent {
    /** {@code handleAccept}: a connection waited at a listening channel. */
    ACCEPT,
    /** {@code handleConnect}: a channel became connected. */
    CONNECT,
    /** {@code handleRead}. */
    READ,
    /** {@code handleWrite}: the kernel took output again after it had refused some, or a handler asked for it. */
    WRITE,
    /** The end of a channel, whoever brought it about. */
    CLOSE,
    /** {@code handleError}: a callback threw, or a connect failed. */
    ERROR,
    /** {@code handleExpt}: urgent data. */
    EXPT,
    /** A deadline passed: connect, idle or write stall. */
    TIMEOUT
}
