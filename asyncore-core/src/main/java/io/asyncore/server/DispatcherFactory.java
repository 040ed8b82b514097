package io.asyncore.server;

import io.asyncore.Dispatcher;

/** Makes the handler of each accepted connection, one after the other on the thread of the server's loop. */
@FunctionalInterface
public interface DispatcherFactory {

    /**
     * A new dispatcher without a socket; the server gives it the connection and {@code handleConnect()} runs. What this
     * throws costs that one connection. Whoever configures a server may call it before, too, and close what it made.
     */
    Dispatcher create() throws Exception;
}
