package io.asyncore;

/**
 * The callbacks that the loop itself knows, one class for all: eight lambdas would cost a start 4 ms, and an event a call
 * that the compiler cannot see through.
 */
enum Step implements Callbacks.Callback {
    /** An event: the channel can be read. */
    READ,
    /** An event: the channel can be written, or its connect is done. */
    WRITE,
    /** An event: urgent data. */
    EXPT,
    /** {@code handleConnect} of a channel that was given its connection. */
    CONNECT,
    /** {@code handleEof}. */
    EOF,
    /** {@code handleDrain}. */
    DRAIN,
    /** {@code handleClose}. */
    CLOSE,
    /** {@code close}, where {@code handleClose} has not called it. */
    CLOSE_METHOD,
    /** The idle time has passed. */
    IDLE,
    /** What is queued is written. */
    FLUSH,
    /** {@code handleBackpressure} or {@code handleDrained}, of who queues output. */
    PRESSURE,
    /** What does the channel wait for? */
    ASK;

    @Override
    public void run(Dispatcher channel) throws Exception {
        switch (this) {
            case READ -> channel.readEvent();
            case WRITE -> channel.writeEvent();
            case EXPT -> channel.handleExptEvent();
            case CONNECT -> channel.connectedNow();
            case EOF -> channel.handleEof();
            case DRAIN -> channel.tellDrain();
            case CLOSE -> channel.handleClose();
            case CLOSE_METHOD -> channel.close();
            case IDLE -> channel.idlePassed();
            case FLUSH -> channel.writeOutput();
            case PRESSURE -> ((DispatcherWithSend) channel).tellPressure();
            case ASK -> channel.updateInterest();
        }
    }
}
