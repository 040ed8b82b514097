/**
 * The loop, the map of channels and the dispatchers: Python's {@code asyncore}.
 *
 * <p>An {@link io.asyncore.EventLoop} serves the channels of one {@link io.asyncore.ChannelMap}. A channel is a
 * {@link io.asyncore.Dispatcher}: an object with a {@link io.asyncore.transport.Transport} and callbacks such as
 * {@code handleRead()} that the loop calls when something happened. {@link io.asyncore.DispatcherWithSend} adds a queue
 * for output and can be a member of a {@link io.asyncore.ChannelGroup}, {@link io.asyncore.FileDispatcher} does files and
 * pipes, {@link io.asyncore.Asyncore} has Python's module-level functions.
 *
 * <p>One turn of the loop reads in {@code EventLoop.turn}; its steps are one package-private class each:
 * {@code TaskQueue} (work from other threads), {@code InterestQueue} (what channels wait for), {@code ReadyQueue} (what
 * was found ready), {@code Callbacks} (the guard around every handler), {@code OutputQueue} (bytes not yet taken by the
 * kernel), {@code TimerQueue}. {@code Channel} is the part of a dispatcher that only the loop touches.
 *
 * <p>One thread owns a loop and all its channels; what may be called from other threads says so.
 */
@NullMarked
package io.asyncore;

import org.jspecify.annotations.NullMarked;
