/**
 * Ties servers to the life of an application context, and their connections to its beans.
 *
 * <p>{@link io.asyncore.spring.context.ManagedServers} is the one bean that builds, starts and stops all servers.
 * {@code HandlerResolver} decides once, at its creation, which bean handles which server, and {@code ProxyCheck}, {@code
 * FactoryCheck} and {@code HandlerDependencies} that it can; {@code HandlerBeans} makes a bean per connection and destroys
 * it at the connection's end; {@code ServerTls} follows the SSL bundle of a server; {@code LocalPorts} publishes the real
 * ports.
 *
 * <p>When the context closes, {@link io.asyncore.spring.context.ReadinessRefusal} tells it first, then {@link
 * io.asyncore.spring.context.GracefulShutdown} lets connections finish, and then the servers are stopped. What cannot start
 * says why in an {@link io.asyncore.spring.context.AsyncoreStartException}, whose descriptions are made by {@code
 * HandlerFailures}, {@code BindFailure}, {@code TlsFailures}, and {@code OptionFailure} for values.
 */
@NullMarked
package io.asyncore.spring.context;

import org.jspecify.annotations.NullMarked;
