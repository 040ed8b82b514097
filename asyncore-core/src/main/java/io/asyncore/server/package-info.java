/**
 * A server to embed: addresses, loops with threads of their own, limits, TLS, and your
 * {@link io.asyncore.server.DispatcherFactory} for the rest.
 *
 * <p>{@link io.asyncore.server.Server} is what a program holds; it wires the parts and decides nothing. Its options are small
 * records: {@link io.asyncore.server.Limits}, {@link io.asyncore.server.Timeouts} and so on. A connection passes through
 * {@code Acceptor} (listens), {@code Reception} and {@code Admission} (who may come in), then, on its own loop, through
 * {@code Arrival}: a PROXY header, a TLS handshake, each in a {@code Handshake} dispatcher that owns the transport meanwhile;
 * and then a handler is made. {@code Arrival} stays beside the channel, so that its place is given back when it is closed.
 * {@code LoopGroup} has the loops and their threads, {@code Drain} is one shutdown in progress, {@code Watchdog} looks at
 * callbacks that do not return.
 *
 * <p>What is limited is limited the asyncore way: an acceptor whose server is full answers {@code readable() == false}, and a
 * channel above its mark has a closed gate.
 */
@NullMarked
package io.asyncore.server;

import org.jspecify.annotations.NullMarked;
