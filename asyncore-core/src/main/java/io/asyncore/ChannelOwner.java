package io.asyncore;

/**
 * Who gives dispatchers their connections, as a server does, and wants to know what becomes of them. On the thread of the
 * loop that the channel belongs to by then, which need not be the one it began with.
 */
public interface ChannelOwner {

    /** The channel has its connection; {@code handleConnect()} follows. */
    default void attached(Dispatcher channel) {}

    /** The channel is closed, and none of its callbacks will run again. */
    void closed(Dispatcher channel);
}
