/**
 * Where the bytes come from and go to.
 *
 * <p>A {@link io.asyncore.transport.TransportProvider} opens {@link io.asyncore.transport.Transport transports} and the
 * {@link io.asyncore.transport.Poller} that tells which of them are ready. That pair is the seam of the whole design:
 * everything above it — loop, dispatchers, chat, server — works on NIO, on a simulated network in a test, or on a
 * native poller without a changed line, because nothing above knows which one it has.
 *
 * <p>Transports never block. "Nothing there" and "the end" are return values; an {@link java.io.IOException} means that
 * the transport is of no more use. None of these types is safe for use by several threads, except where it says so:
 * a transport belongs to the thread of the loop that watches it.
 *
 * <p>This package knows nothing of the others.
 */
@NullMarked
package io.asyncore.transport;

import org.jspecify.annotations.NullMarked;
