package io.asyncore.transport;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.nio.channels.DatagramChannel;

/** The JDK's channels and selector behind the seam. */
enum NioProvider implements TransportProvider {
    INSTANCE;

    @Override
    public StreamTransport openStream(ProtocolFamily family) throws IOException {
        return NioEndpoint.open(family);
    }

    @Override
    public DatagramTransport openDatagram(ProtocolFamily family) throws IOException {
        return new NioDatagram(DatagramChannel.open(family));
    }

    @Override
    public Poller openPoller() throws IOException {
        return new NioPoller();
    }

    @Override
    public String toString() {
        return "NIO";
    }
}
