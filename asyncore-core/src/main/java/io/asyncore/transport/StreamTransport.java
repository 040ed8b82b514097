package io.asyncore.transport;

import java.io.IOException;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** A byte-stream socket, TCP or Unix-domain: unbound at first, then either listening or connected. */
public interface StreamTransport extends SocketTransport {

    /**
     * Says before {@link #bind} that this is going to listen, for a kind of socket that listens from then on. To others it
     * makes no difference.
     *
     * @param backlog how many connections may wait to be accepted, at least 1
     * @param address where clients are going to find it, if its file is renamed after the bind: its local address, and that
     *     of what it accepts
     */
    default void willListen(int backlog, SocketAddress address) {}

    /**
     * Starts to listen on the bound address.
     *
     * @param backlog how many connections may wait to be accepted, at least 1
     */
    void listen(int backlog) throws IOException;

    /** The next waiting connection, or null if none waits (any more). */
    @Nullable StreamTransport accept() throws IOException;
}
