package io.asyncore.server;

import io.asyncore.Dispatcher;

/** Makes the handler of each accepted connection. */
@FunctionalInterface
public interface DispatcherFactory {

    /**
     * A new dispatcher without a socket; the server gives it the connection and {@code handleConnect()} runs. Called on
     * the loop's thread; what it throws costs that one connection.
     */
    Dispatcher create() throws Exception;
}
