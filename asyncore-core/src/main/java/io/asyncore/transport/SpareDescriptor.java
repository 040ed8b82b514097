package io.asyncore.transport;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/**
 * A descriptor that a listener keeps from itself. When descriptors run out it is given up until the next accept: without a
 * single one the JVM could not even load the class that somebody needs to close a connection.
 */
final class SpareDescriptor {

    private final SocketChannel unused;

    SpareDescriptor() throws IOException {
        unused = SocketChannel.open();
    }

    void close() {
        NioSocket.closeQuietly(unused);
    }
}
