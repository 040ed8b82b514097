/**
 * The PROXY protocol of HAProxy, on the receiving side: a proxy that passes connections on tells by a header in front of
 * the data who its client really is.
 *
 * <p>A {@link io.asyncore.transport.proxy.ProxyHeaderParser} takes the header from the bytes as they arrive, version 1 (a
 * line of text) or 2 (binary), and nothing beyond it; the {@link io.asyncore.transport.proxy.ProxyHeader} that it finds and
 * the bytes that came with it go into a {@link io.asyncore.transport.proxy.ProxiedTransport}, from which the dispatcher
 * reads as from the client itself. Whether a connection begins with a header is never guessed from its bytes: who expects
 * one gets one, or an error.
 */
@NullMarked
package io.asyncore.transport.proxy;

import org.jspecify.annotations.NullMarked;
