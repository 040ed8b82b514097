package io.asyncore.test;

import io.asyncore.transport.DatagramTransport;
import io.asyncore.transport.Poller;
import io.asyncore.transport.StreamTransport;
import io.asyncore.transport.TransportProvider;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;

/** Opens the sockets of one simulated network. */
record SimulatedProvider(SimulatedNetwork network) implements TransportProvider {

    @Override
    public StreamTransport openStream(ProtocolFamily family) {
        return new SimulatedStream(network, family);
    }

    @Override
    public DatagramTransport openDatagram(ProtocolFamily family) {
        if (family == StandardProtocolFamily.UNIX) {
            throw new UnsupportedOperationException("there are no Unix-domain datagrams on the JVM");
        }
        return new SimulatedDatagram(network, family);
    }

    @Override
    public Poller openPoller() {
        return new SimulatedPoller(network);
    }
}
