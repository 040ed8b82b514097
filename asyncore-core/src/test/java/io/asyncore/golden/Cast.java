package io.asyncore.golden;

import io.asyncore.transport.StreamTransport;
import io.asyncore.transport.Transport;
import io.asyncore.transport.TransportProvider;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/**
 * A transport and the raw socket at its other end, made by a listener that nobody sees. Their buffers keep their size,
 * so that the kernel never takes much at once.
 */
record Cast(Transport socket, Peer peer) {

    private static final int BUFFER = 64 * 1024;

    static Cast connect(ProtocolFamily family) throws IOException {
        try (Place place = new Place(family);
                StreamTransport listener = TransportProvider.nio().openStream(family)) {
            listener.bind(place.address());
            listener.listen(1);
            SocketChannel socket = SocketChannel.open(listener.localAddress());
            socket.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER);
            Transport accepted = accept(listener);
            accepted.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER);
            return new Cast(accepted, new Peer(socket));
        }
    }

    /** The peer may know a moment earlier that it is connected than the listener. */
    private static Transport accept(StreamTransport listener) throws IOException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < Stage.PATIENCE.toNanos()) {
            Transport accepted = listener.accept();
            if (accepted != null) {
                return accepted;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("nothing to accept");
    }
}
