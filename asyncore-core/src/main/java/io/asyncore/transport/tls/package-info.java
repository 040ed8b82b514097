/**
 * TLS as a transport over another one.
 *
 * <p>A {@link io.asyncore.transport.tls.TlsTransport} puts an {@code SSLEngine} between a dispatcher and the transport that
 * carries the records. It does the handshake by itself, before the dispatcher hears of anything; then it is a transport like
 * any other. A {@link io.asyncore.transport.tls.TlsTrial} tells when a server starts whether it will work. The rest is
 * package-private: the {@code Wire} is the engine with the two streams of records beside it, the {@code Handshake} drives
 * it until the session stands, and the buffers of a thread, its {@code Scratch}, are lent for the length of one call, so
 * that an idle session holds none.
 *
 * <p>TLS 1.2 and 1.3 only. Nothing here ever falls back to plain text, renegotiates, or takes an end of input for the end of
 * a session that was not announced.
 */
@NullMarked
package io.asyncore.transport.tls;

import org.jspecify.annotations.NullMarked;
