package io.asyncore.transport;

import java.io.IOException;
import java.net.SocketAddress;

/** A transport with an address of its own that can be connected to another: what {@code createSocket} opens. */
public interface SocketTransport extends Transport {

    /**
     * Takes a local address.
     *
     * @throws java.net.BindException if the address is in use, not of this machine, or not permitted
     */
    void bind(SocketAddress address) throws IOException;

    /**
     * Begins to connect. The outcome is known once the transport is ready to {@link #WRITE write}: then
     * {@link #finishConnect()} tells.
     *
     * @throws IOException if the attempt failed at once; the transport is closed then
     */
    void connect(SocketAddress address) throws IOException;

    /**
     * Completes what {@link #connect} began.
     *
     * @return false if the outcome is not known yet
     * @throws IOException if the connection could not be made
     */
    boolean finishConnect() throws IOException;
}
