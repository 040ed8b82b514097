package io.asyncore.test;

import io.asyncore.transport.Poller;
import io.asyncore.transport.StreamTransport;
import io.asyncore.transport.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.time.Duration;

/** A bare transport on a network of its own, a peer at its other end, and no loop. */
final class Wire {

    static final InetSocketAddress PLACE = new InetSocketAddress("10.0.0.1", 80);

    final SimulatedNetwork network;
    final SimulatedPeer peer;
    final StreamTransport listener;
    final StreamTransport transport;

    Wire(long seed, NetworkConditions conditions) throws IOException {
        network = new SimulatedNetwork(seed, conditions);
        listener = network.provider().openStream(StandardProtocolFamily.INET);
        listener.bind(PLACE);
        listener.listen(5);
        peer = network.connect(PLACE);
        pass(Duration.ofSeconds(1));
        StreamTransport accepted = listener.accept();
        if (accepted == null) {
            throw new AssertionError("nobody to accept");
        }
        transport = accepted;
    }

    /** Lets time pass on the network. */
    void pass(Duration time) {
        network.clock().advance(time);
        network.catchUp();
    }

    int read(ByteBuffer target) throws IOException {
        pass(Duration.ofSeconds(1));
        return transport.read(target);
    }

    /** Everything up to the end. */
    byte[] readAll() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(1_000);
        while (read(buffer.clear()) >= 0) {
            all.write(buffer.array(), 0, buffer.position());
        }
        return all.toByteArray();
    }

    int write(byte... bytes) throws IOException {
        return transport.write(ByteBuffer.wrap(bytes));
    }

    /** What a poller that waits this long says of a transport. */
    int poll(Transport watched, int interest, Duration timeout) throws IOException {
        int[] found = {0};
        try (Poller poller = network.provider().openPoller()) {
            watched.register(poller, "the channel").interest(interest);
            poller.poll(timeout.toNanos(), (channel, ops) -> found[0] |= ops);
        }
        return found[0];
    }
}
