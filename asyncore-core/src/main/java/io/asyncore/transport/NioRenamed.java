package io.asyncore.transport;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A stream that may be known by another address than the one that it was bound to, as its file was renamed since. */
class NioRenamed extends NioStream {

    private @Nullable SocketAddress knownAs;

    NioRenamed(SocketChannel stream, @Nullable SocketAddress knownAs) throws IOException {
        super(stream);
        this.knownAs = knownAs;
    }

    final void becomesKnownAs(SocketAddress address) {
        knownAs = address;
    }

    /** One that was accepted, known as its listener is. */
    final NioStream knownLikeThis(SocketChannel accepted) throws IOException {
        return knownAs == null ? new NioStream(accepted) : new NioRenamed(accepted, knownAs);
    }

    @Override
    public final @Nullable SocketAddress localAddress() {
        SocketAddress bound = super.localAddress();
        return bound == null || knownAs == null ? bound : knownAs;
    }
}
