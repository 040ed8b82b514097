package io.asyncore.golden;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;

/** A raw listening socket for channels that connect. */
final class Door implements AutoCloseable {

    private final Place place;
    private final ServerSocketChannel socket;

    Door(ProtocolFamily family) throws IOException {
        place = new Place(family);
        socket = ServerSocketChannel.open(family).bind(place.address(), 5);
    }

    SocketAddress address() throws IOException {
        return socket.getLocalAddress();
    }

    Peer accept() throws IOException {
        return new Peer(socket.accept());
    }

    @Override
    public void close() throws IOException {
        socket.close();
        place.close();
    }
}
