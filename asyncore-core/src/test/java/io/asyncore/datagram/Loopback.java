package io.asyncore.datagram;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;

/** The two families with the loopback address of each. */
enum Loopback {
    IPV4("127.0.0.1", StandardProtocolFamily.INET),
    IPV6("::1", StandardProtocolFamily.INET6);

    private static final int PATIENCE_MILLIS = 20_000;

    final ProtocolFamily family;
    private final String address;

    Loopback(String address, ProtocolFamily family) {
        this.address = address;
        this.family = family;
    }

    /** The address with this port, 0 for any free one. */
    InetSocketAddress port(int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByName(address), port);
    }

    /** A peer without this library; skips the test if the machine does not have the family. */
    DatagramSocket openPeer() throws IOException {
        try {
            DatagramSocket peer = new DatagramSocket(port(0));
            peer.setSoTimeout(PATIENCE_MILLIS);
            return peer;
        } catch (SocketException e) {
            Assumptions.abort("skipped: no " + this + " here, " + e.getMessage());
            throw e;
        }
    }

    /** A port that was free a moment ago, and is none of those in use. */
    int freePort() throws IOException {
        try (DatagramSocket socket = openPeer()) {
            return socket.getLocalPort();
        }
    }

    /** The content of the next datagram. */
    static byte[] receive(DatagramSocket peer) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
        peer.receive(packet);
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }
}
