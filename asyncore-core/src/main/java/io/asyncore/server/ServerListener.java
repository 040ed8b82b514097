package io.asyncore.server;

import io.asyncore.CloseReason;
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

    /** A connection has its handler, whose {@code handleConnect()} follows; {@link #onEnded} is its end. */
    default void onOpened(Dispatcher handler) {}

    /**
     * A connection that was {@linkplain #onOpened opened} has ended, and none of its handler's callbacks is running or will
     * run again. {@link #onClosed} tells the same, and of listeners and of what handlers connect to, too.
     */
    default void onEnded(Dispatcher handler, CloseReason reason) {}

    /**
     * A connection was closed before a handler had it.
     *
     * @param peer who wanted in: behind the PROXY protocol the real client, as far as it is known
     */
    default void onRejected(SocketAddress peer, RejectReason reason) {}

    /**
     * Nobody else comes in for now: clients wait, or are refused, as {@link Limits#whenFull()} says. At a limit where each that
     * leaves makes room for the next, this and {@link #onRoom} follow each other quickly. For each limit one call at a time,
     * on the thread of any loop. The other loops wait meanwhile as soon as somebody comes or leaves there, so that this must
     * neither block nor wait for anything that a loop does.
     *
     * @param limit {@link RejectReason#FULL}: {@link Limits#connections()}, or {@link RejectReason#HANDSHAKES}:
     *     {@link Limits#handshakes()}
     */
    default void onFull(RejectReason limit) {}

    /**
     * The limit of the last {@link #onFull} with the same reason is not reached any more. Like that, this must neither block
     * nor wait for a loop.
     */
    default void onRoom(RejectReason limit) {}
}
