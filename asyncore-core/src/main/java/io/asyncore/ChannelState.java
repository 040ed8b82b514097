package io.asyncore;

/** Where a channel is in its life; drawn in the Javadoc of {@link Dispatcher}. */
enum ChannelState {
    /** Made, perhaps bound, nothing under way. A datagram channel works in this state. */
    NEW,
    CONNECTING,
    LISTENING,
    CONNECTED,
    /** {@code closeWhenDone} was called: output is written, input is no longer parsed. */
    CLOSING,
    CLOSED
}
