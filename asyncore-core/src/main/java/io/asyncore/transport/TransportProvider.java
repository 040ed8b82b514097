package io.asyncore.transport;

import java.io.IOException;
import java.net.ProtocolFamily;

/** Opens sockets and the poller that can watch them. Safe for use by any thread. */
public interface TransportProvider {

    /** A new, unbound stream socket of the family: INET, INET6 or UNIX. */
    StreamTransport openStream(ProtocolFamily family) throws IOException;

    /** A new, unbound datagram socket of the family: INET or INET6. */
    DatagramTransport openDatagram(ProtocolFamily family) throws IOException;

    /** A new poller; the loop that asked for it closes it. */
    Poller openPoller() throws IOException;

    /** The JDK's own sockets and {@link java.nio.channels.Selector}. */
    static TransportProvider nio() {
        return NioProvider.INSTANCE;
    }
}
