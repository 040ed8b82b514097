/**
 * Testing programs made with asyncore.
 *
 * <p>Two ways lead here. {@link io.asyncore.test.AsyncoreTestClient} talks to a running server over a real socket and
 * never waits longer than it was told. {@link io.asyncore.test.SimulatedNetwork} takes the place of the operating
 * system: it stands behind the same seam as NIO, a {@link io.asyncore.transport.TransportProvider}, so that loop,
 * dispatchers and chat run on it unchanged, yet on one thread, by a {@link io.asyncore.test.ManualClock} that nobody has
 * to wait for, and with everything that a network may do on a bad day decided by one seed.
 *
 * <p>{@link io.asyncore.test.Seeds} plays a scenario over many seeds and names the one that fails, so that it can be
 * played again. Nothing here depends on a test framework: failures are {@link AssertionError}s.
 *
 * <p>Everything simulated belongs to one thread, the one that polls the loop.
 */
@NullMarked
package io.asyncore.test;

import org.jspecify.annotations.NullMarked;
