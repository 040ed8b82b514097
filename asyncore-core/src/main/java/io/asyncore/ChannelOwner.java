package io.asyncore;

/**
 * Who gives dispatchers their connections, as a server does, and wants to know what becomes of them. On the thread of the
 * loop that the channel belongs to by then, which need not be the one it began with.
 */
public interface ChannelOwner {

    /**
     * The channel has its connection; {@code handleConnect()} follows.
     *
     * @return who is told of its end: this, or one that many channels have, so that nothing of this is kept for each
     */
    default ChannelOwner attached(Dispatcher channel) {
        return this;
    }

    /** The channel is closed, and none of its callbacks will run again. */
    void closed(Dispatcher channel);
}
