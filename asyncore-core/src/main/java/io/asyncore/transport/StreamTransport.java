package io.asyncore.transport;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A byte-stream socket, TCP or Unix-domain: unbound at first, then either listening or connected. */
public interface StreamTransport extends SocketTransport {

    /**
     * Starts to listen on the bound address.
     *
     * @param backlog how many connections may wait to be accepted, at least 1
     */
    void listen(int backlog) throws IOException;

    /** The next waiting connection, or null if none waits (any more). */
    @Nullable StreamTransport accept() throws IOException;
}
