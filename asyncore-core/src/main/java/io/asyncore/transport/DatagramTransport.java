package io.asyncore.transport;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A datagram socket. One {@link #read} or {@link #receive} takes one datagram, one {@link #write} or {@link #send}
 * makes one; what does not fit the buffer of a read is lost, as with every datagram socket. There is no end of input.
 */
public interface DatagramTransport extends SocketTransport {

    /** Takes the next datagram into the buffer and returns who sent it, or null if none is there. */
    @Nullable SocketAddress receive(ByteBuffer target) throws IOException;

    /** Sends the buffer's bytes as one datagram; 0 if there is no room for it now. */
    int send(ByteBuffer source, SocketAddress target) throws IOException;
}
