package io.asyncore.test;

import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Someone on a {@link SimulatedNetwork} who sends and receives datagrams. */
public final class SimulatedDatagramPeer {

    private final SimulatedNetwork network;
    private final SocketAddress address;
    private final List<Datagram> received = new ArrayList<>();
    private final Mailbox mailbox = new Incoming();
    private int undelivered;

    SimulatedDatagramPeer(SimulatedNetwork network, SocketAddress address) {
        this.network = network;
        this.address = address;
    }

    /** Where it receives; with a real port if 0 was asked for. */
    public SocketAddress address() {
        return address;
    }

    /** Sends one datagram. */
    public void send(byte[] bytes, SocketAddress to) {
        network.switchboard().post(new Datagram(address, to, bytes), mailbox);
    }

    /** Sends one datagram with this text in UTF-8. */
    public void send(String text, SocketAddress to) {
        send(text.getBytes(StandardCharsets.UTF_8), to);
    }

    /** What has arrived so far, in the order of arrival, which need not be that of sending. */
    public List<Datagram> received() {
        network.catchUp();
        return List.copyOf(received);
    }

    /** How many of those it sent found nobody. */
    public int undelivered() {
        network.catchUp();
        return undelivered;
    }

    Mailbox mailbox() {
        return mailbox;
    }

    private final class Incoming implements Mailbox {

        @Override
        public void deliver(Datagram datagram) {
            received.add(datagram);
        }

        @Override
        public void unreachable(SocketAddress target) {
            undelivered++;
        }
    }
}
