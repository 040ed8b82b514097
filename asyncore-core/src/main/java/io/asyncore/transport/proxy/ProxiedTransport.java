package io.asyncore.transport.proxy;

import io.asyncore.transport.Transport;
import io.asyncore.transport.WrappingTransport;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A connection that a proxy passed on, behind its header: the other end's address is the client's, and what arrived together
 * with the header is read first. Confined to the thread of the loop that watches it.
 */
public final class ProxiedTransport extends WrappingTransport {

    private final ProxyHeader header;

    /** What is read before the inner transport is; null when there is no more of it. */
    private @Nullable ByteBuffer rest;

    private HeldListener heldListener = (input, output) -> {};

    /**
     * Takes over a transport from which a header was read.
     *
     * @param inner the connection with the proxy
     * @param rest what was read beyond the header; copied
     */
    public ProxiedTransport(Transport inner, ProxyHeader header, ByteBuffer rest) {
        super(inner);
        this.header = header;
        if (rest.hasRemaining()) {
            this.rest =
                    ByteBuffer.allocate(rest.remaining()).put(rest.duplicate()).flip();
        }
    }

    /** What the proxy told. */
    public ProxyHeader header() {
        return header;
    }

    /** The client's address, if the proxy told it; else the proxy's own. */
    @Override
    public @Nullable SocketAddress remoteAddress() {
        SocketAddress source = header.source();
        return source != null ? source : super.remoteAddress();
    }

    /** The address of the proxy's own end of the connection. */
    public @Nullable SocketAddress proxyAddress() {
        return super.remoteAddress();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        ByteBuffer first = rest;
        return first == null ? super.read(target) : readRest(first, target);
    }

    private int readRest(ByteBuffer first, ByteBuffer target) {
        int count = Math.min(first.remaining(), target.remaining());
        target.put(first.slice().limit(count));
        first.position(first.position() + count);
        if (!first.hasRemaining()) {
            rest = null;
            heldListener.holds(0, 0);
        }
        return count;
    }

    @Override
    public void whenHolding(HeldListener listener) {
        heldListener = listener;
        if (rest != null) {
            listener.holds(rest.capacity(), 0);
        }
    }

    @Override
    public int localReadiness() {
        return rest == null ? super.localReadiness() : super.localReadiness() | READ;
    }
}
