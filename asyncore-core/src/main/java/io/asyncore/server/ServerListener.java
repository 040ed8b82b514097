package io.asyncore.server;

import io.asyncore.Dispatcher;
import io.asyncore.LoopListener;
import java.net.SocketAddress;

/**
 * Watches a server: its loops, and who comes in. Registered with {@link Server.Builder#listener}.
 *
 * <p>Everything a {@link LoopListener} must keep to holds here: the methods run on a loop's thread and must be quick.
 * One listener of a server with several loops is called by all of their threads.
 */
public interface ServerListener extends LoopListener {

    /** A connection has its handler, and {@code handleConnect()} has run; {@link #onClosed} is its end. */
    default void onOpened(Dispatcher handler) {}

    /**
     * A connection was closed before a handler had it.
     *
     * @param peer who wanted in: behind the PROXY protocol the real client, as far as it is known
     */
    default void onRejected(SocketAddress peer, RejectReason reason) {}
}
