/**
 * What a Spring Boot application sees of asyncore.
 *
 * <p>Annotate a dispatcher with {@link io.asyncore.spring.AsyncoreHandler @AsyncoreHandler}, give its server a port
 * in the configuration, and every connection to that port is served by a new bean of that class. Running servers are
 * found through {@link io.asyncore.spring.AsyncoreServers}, which any bean may have injected.
 *
 * <p>The packages below are how it is done: {@code autoconfigure} turns configuration keys into servers, {@code
 * context} ties the servers to the application's life and their handlers to its beans, {@code actuate} publishes what
 * they do.
 */
@NullMarked
package io.asyncore.spring;

import org.jspecify.annotations.NullMarked;
