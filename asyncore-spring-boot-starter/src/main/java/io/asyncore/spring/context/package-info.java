/**
 * Ties servers to the life of an application context, and their connections to its beans.
 *
 * <p>{@link io.asyncore.spring.context.ManagedServers} is the one bean that builds, starts and stops all servers.
 * {@code HandlerResolver} decides once, at its creation, which bean handles which server; {@code HandlerBeans} makes
 * a bean per connection and destroys it at the connection's end; {@code LocalPorts} publishes the real ports. What
 * cannot start says why in an {@link io.asyncore.spring.context.AsyncoreStartException}.
 */
@NullMarked
package io.asyncore.spring.context;

import org.jspecify.annotations.NullMarked;
