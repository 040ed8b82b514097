package io.asyncore.spring;

import java.util.List;

/**
 * The servers of this application, to be injected where a port or the connections of one are needed.
 *
 * <p>All methods may be called from any thread. The set of servers is fixed when the application context is built;
 * the servers listen from the context's start to its stop. There is no such bean while {@code asyncore.enabled} is false, or
 * nothing is configured and no bean handles connections.
 */
public interface AsyncoreServers {

    /**
     * The server of that name.
     *
     * @throws IllegalArgumentException if there is none; the message names those that there are
     */
    AsyncoreServer get(String name);

    /** All servers: the default one first if it exists, then the others in the order of the configuration. */
    List<AsyncoreServer> all();
}
