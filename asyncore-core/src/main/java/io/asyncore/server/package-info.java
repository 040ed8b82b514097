/**
 * A server to embed: {@link io.asyncore.server.Server} wires a listening dispatcher, a loop with a thread of its own and
 * your {@link io.asyncore.server.DispatcherFactory}.
 *
 * <p>It is made of the parts below it and limits what it limits the asyncore way: an acceptor that is full answers
 * {@code readable() == false}.
 */
@NullMarked
package io.asyncore.server;

import org.jspecify.annotations.NullMarked;
