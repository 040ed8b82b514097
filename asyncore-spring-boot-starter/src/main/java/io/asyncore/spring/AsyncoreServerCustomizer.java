package io.asyncore.spring;

import io.asyncore.server.Server;

/**
 * A bean that has the last word on how a server is built.
 *
 * <p>Customizers run in their {@code @Order}, on the thread that starts the servers, each time a server starts, after
 * the configuration keys were applied.
 */
@FunctionalInterface
public interface AsyncoreServerCustomizer {

    /**
     * Changes how one server is built.
     *
     * @param server the server's name
     * @param builder the builder that the server is about to be started from
     */
    void customize(String server, Server.Builder builder);
}
