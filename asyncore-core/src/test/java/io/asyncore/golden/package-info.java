/**
 * Proof that callbacks come as in Python: the traces that real {@code asyncore} left, played again here.
 *
 * <p>{@code src/test/python/golden_traces.py} plays scenarios on CPython's {@code asyncore} and {@code asynchat} and
 * writes which callback ran with what to {@code golden/traces.json}. The classes named after a module of that script
 * ({@link io.asyncore.golden.Connecting} ... {@link io.asyncore.golden.Nesting}) play the same scenarios on real sockets:
 * the method {@code peerHalfCloses} is the scenario {@code peer_half_closes}. A {@link io.asyncore.golden.Stage} holds
 * one scenario's map, loop and trace; {@link io.asyncore.golden.Plain}, {@link io.asyncore.golden.Chat} and the other
 * {@linkplain io.asyncore.golden.Recording recording} channels write to it under Python's names.
 *
 * <p>A scenario has one thread and moves its raw peers between two turns. It polls until something has happened, never a
 * fixed number of times, unless the bytes came over a Unix socket: those have arrived when the peer's write returns.
 */
@NullMarked
package io.asyncore.golden;

import org.jspecify.annotations.NullMarked;
